using System.Text;

namespace Jamail.Queueing.Tests.Redis;

public sealed class WireInputTests
{
    private const string Nested = "*3\r\n:7\r\n*2\r\n$3\r\na\r\n\r\n$-1\r\n+OK\r\n";
    private const string Error = "-ERR no \r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Replies_that_come_in_pieces_are_taken_whole_and_in_order(int piece)
    {
        string[] sent = [Nested, "$-1\r\n", "*-1\r\n", "*0\r\n", Error, "$0\r\n\r\n", ":-3\r\n", Nested];

        Assert.Equal(sent, Take(string.Concat(sent), piece));
    }

    [Fact]
    public void A_reply_larger_than_the_buffer_is_taken_and_those_behind_it_too()
    {
        var large = $"*2\r\n${300_000}\r\n{new string('x', 300_000)}\r\n:1\r\n";

        Assert.Equal([Error, large, Nested, large], Take(Error + large + Nested + large, 50_000));
    }

    [Fact]
    public void The_end_of_the_connection_is_an_error()
    {
        var input = new WireInput();
        Assert.Throws<EndOfStreamException>(() => input.ReadFrom(new MemoryStream()));
    }

    private static List<string> Take(string sent, int piece)
    {
        using var stream = new Pieces(Encoding.ASCII.GetBytes(sent), piece);
        var input = new WireInput();
        var taken = new List<string>();
        while (taken.Sum(reply => reply.Length) < sent.Length)
        {
            input.ReadFrom(stream);
            while (input.TryTake(out var reply))
            {
                taken.Add(Encoding.ASCII.GetString(reply));
            }
        }

        return taken;
    }

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
