using System.Text;

namespace Jamail.TestSupport;

/// <summary>How a <see cref="WebhookSink"/> treats a request once it has read it.</summary>
/// <param name="WriteAsync">Writes to the connection.</param>
/// <param name="KeepsConnection">Whether the next request may come on the same connection.</param>
public sealed record SinkReply(Func<Stream, CancellationToken, Task> WriteAsync, bool KeepsConnection = false)
{
    public static SinkReply Ok { get; } = Status(200);

    /// <summary>Nothing, ever; the connection stays open.</summary>
    public static SinkReply Silence { get; } = new((_, stop) => Task.Delay(Timeout.Infinite, stop));

    /// <summary>Closes without an answer.</summary>
    public static SinkReply Close { get; } = new((_, _) => Task.CompletedTask);

    public static SinkReply Status(int code, string body = "", params (string Name, string Value)[] headers) =>
        new(
            (stream, stop) => stream.WriteAsync(
                Encoding.UTF8.GetBytes(Head(code, headers) + $"content-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), stop)
                .AsTask(),
            KeepsConnection: true);

    /// <summary>What the test says, byte for byte.</summary>
    public static SinkReply Raw(string text) =>
        new((stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop).AsTask());

    /// <summary>The answer once the test lets it go.</summary>
    public static SinkReply After(Task gate, SinkReply reply) =>
        new(
            async (stream, stop) =>
            {
                await gate.WaitAsync(stop);
                await reply.WriteAsync(stream, stop);
            },
            reply.KeepsConnection);

    /// <summary>A body of this many bytes, sent as fast as the other side reads.</summary>
    /// <param name="told">Gets how many of them could be sent.</param>
    public static SinkReply Huge(long bytes, int code = 200, TaskCompletionSource<long>? told = null) => new(async (stream, stop) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(code) + $"content-length: {bytes}\r\n\r\n"), stop);
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'x');
        var left = bytes;
        try
        {
            for (; left > 0; left -= piece.Length)
            {
                await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), stop);
            }
        }
        finally
        {
            told?.TrySetResult(bytes - left);
        }
    });

    /// <summary>The head at once, then a byte of body every <paramref name="pause"/>, without end.</summary>
    public static SinkReply Drip(TimeSpan pause, int code = 200) => new(async (stream, stop) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Head(code) + "content-length: 1000000\r\n\r\n"), stop);
        while (true)
        {
            await stream.WriteAsync("."u8.ToArray(), stop);
            await Task.Delay(pause, stop);
        }
    });

    private static string Head(int code, params (string Name, string Value)[] headers) =>
        $"HTTP/1.1 {code} Scripted\r\n" + string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
}
