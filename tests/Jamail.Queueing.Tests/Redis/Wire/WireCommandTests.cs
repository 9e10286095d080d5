using System.Text;

namespace Jamail.Queueing.Tests.Redis;

public sealed class WireCommandTests
{
    [Fact]
    public void A_command_says_how_many_items_it_has_and_how_long_each_is()
    {
        var command = new WireCommand(1);
        command.Add("SET");
        command.Add("schlüssel");
        command.Add("a\r\nb"u8);
        command.Add(long.MinValue);
        command.Add((long?)null);
        command.Add((string?)null);

        Assert.Equal(
            "*6\r\n$3\r\nSET\r\n$10\r\nschlüssel\r\n$4\r\na\r\nb\r\n$20\r\n-9223372036854775808\r\n$0\r\n\r\n$0\r\n\r\n",
            Encoding.UTF8.GetString(command.ToBytes().Span));
    }

    [Fact]
    public void A_beginning_is_shared_and_stays_as_it_is()
    {
        var beginning = new WireCommand();
        beginning.Add("EVALSHA");
        var first = beginning.Begin(1);
        first.Add(new string('x', 5000));
        var second = beginning.Begin(1);
        second.Add(12);

        Assert.Equal("*2\r\n$7\r\nEVALSHA\r\n$2\r\n12\r\n", Encoding.UTF8.GetString(second.ToBytes().Span));
        Assert.StartsWith("*2\r\n$7\r\nEVALSHA\r\n$5000\r\nxxx", Encoding.UTF8.GetString(first.ToBytes().Span), StringComparison.Ordinal);
        Assert.Equal("*1\r\n$7\r\nEVALSHA\r\n", Encoding.UTF8.GetString(beginning.ToBytes().Span));
    }
}
