using Jamail.Shared;

namespace Jamail.Mail.Tests.Shared;

public class PageCursorTests
{
    [Fact]
    public void A_cursor_survives_the_way_to_a_client_and_back()
    {
        var cursor = new PageCursor(1_700_000_000_123, "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");

        Assert.True(PageCursor.TryDecode(cursor.Encode(), out var decoded));
        Assert.Equal(cursor, decoded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("MnwxfGE")]
    public void What_is_no_cursor_is_told_from_one(string text) => Assert.False(PageCursor.TryDecode(text, out _));
}
