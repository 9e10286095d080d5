using System.Text.Json;

namespace Jamail.Queueing.Tests.Outcomes;

public sealed class FailureTextTests
{
    [Fact]
    public void Traces_stand_oldest_first_and_the_limit_keeps_the_newest()
    {
        var one = FailureText.WithTrace(null, "a", 2);
        var two = FailureText.WithTrace(one, "b", 2);
        var three = FailureText.WithTrace(two, "c \"é\"", 2);

        Assert.Equal("""["a"]""", one);
        Assert.Equal(["b", "c \"é\""], JsonSerializer.Deserialize<string[]>(three)!);
    }

    [Fact]
    public void A_limit_of_zero_keeps_none() => Assert.Equal("[]", FailureText.WithTrace("""["a"]""", "b", 0));

    [Theory]
    [InlineData("no json")]
    [InlineData("7")]
    [InlineData("")]
    public void What_is_stored_and_is_no_list_is_left_behind(string stored) =>
        Assert.Equal("""["b"]""", FailureText.WithTrace(stored, "b", null));

    [Fact]
    public void A_reason_is_cut_between_characters()
    {
        var reason = FailureText.Reason(new string('x', (16 * 1024) - 1) + "😀😀");

        Assert.Equal(16 * 1024, reason.Length);
        Assert.EndsWith("x…", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_without_a_message_gives_its_name() =>
        Assert.Equal(nameof(InvalidOperationException), FailureText.Reason(new InvalidOperationException("")));
}
