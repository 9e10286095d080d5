using System.Globalization;
using System.Text;

namespace Jamail.TestSupport;

/// <summary>Reads requests of one connection of a <see cref="WebhookSink"/>.</summary>
internal sealed class SinkConnection(Stream stream, int number) : IDisposable
{
    private readonly MemoryStream _read = new();

    /// <returns>The next request; null when the client closed the connection.</returns>
    public async Task<ReceivedWebhook?> ReadAsync(CancellationToken stop)
    {
        var headEnd = await FillUntilAsync(() => _read.GetBuffer().AsSpan(0, (int)_read.Length).IndexOf("\r\n\r\n"u8), stop);
        if (headEnd < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(_read.GetBuffer(), 0, headEnd).Split("\r\n");
        var headers = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
        var bodyStart = headEnd + 4;
        if (await FillUntilAsync(() => _read.Length >= bodyStart + length ? 0 : -1, stop) < 0)
        {
            return null;
        }

        var all = _read.ToArray();
        var request = lines[0].Split(' ');
        _read.SetLength(0);
        _read.Write(all.AsSpan(bodyStart + length));
        return new ReceivedWebhook(
            request[0], request[1], headers, all[bodyStart..(bodyStart + length)], TimeProvider.System.GetUtcNow(), number);
    }

    public void Dispose() => _read.Dispose();

    private async Task<int> FillUntilAsync(Func<int> look, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (look() is >= 0 and var found)
            {
                return found;
            }

            var count = await stream.ReadAsync(buffer, stop);
            if (count == 0)
            {
                return -1;
            }

            _read.Write(buffer, 0, count);
        }
    }
}
