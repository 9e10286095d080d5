using System.Text;

namespace Jamail.Queueing.Tests.Redis;

public sealed class WireReaderTests
{
    [Theory]
    [InlineData(":-5\r\n", -5)]
    [InlineData("$2\r\n42\r\n", 42)]
    [InlineData("$3\r\n1.5\r\n", 1)]
    [InlineData("$4\r\n1e21\r\n", long.MaxValue)]
    [InlineData("$3\r\nNaN\r\n", 0)]
    [InlineData("$1\r\nx\r\n", 0)]
    [InlineData("$-1\r\n", 0)]
    public void Numbers_are_read_as_JavaScript_wrote_them(string reply, long expected) =>
        Assert.Equal(expected, new WireReader(Encoding.ASCII.GetBytes(reply)).Number());

    [Fact]
    public void A_text_that_is_the_likely_one_is_not_made_again()
    {
        var likely = new string("resize");
        var reader = new WireReader("$6\r\nresize\r\n$6\r\nresizE\r\n$6\r\nr\u00e9siz\r\n$-1\r\n"u8);

        Assert.Same(likely, reader.Text(likely));
        Assert.Equal("resizE", reader.Text(likely));
        Assert.Equal("résiz", reader.Text(likely));
        Assert.Null(reader.Text(likely));
    }

    [Fact]
    public void Another_kind_of_value_than_was_expected_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => new WireReader(":1\r\n"u8).Array());
}
