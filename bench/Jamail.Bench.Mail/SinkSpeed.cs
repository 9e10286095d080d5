using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Jamail.TestSupport;

namespace Jamail.Bench.Mail;

/// <summary>What the sink takes from plain dialogues without any stack before it: the limit of both sides.</summary>
internal static class SinkSpeed
{
    private static readonly byte[] Mail = Encoding.ASCII.GetBytes(
        "MAIL FROM:<shop@example.com>\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n");

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(
        "Message-ID: <x@example.com>\r\nSubject: x\r\n\r\n" + string.Concat(Enumerable.Repeat("Hello Anna, your order has been paid.\r\n", 50)) + ".\r\n");

    public static async Task<double> MeasureAsync(SmtpSink sink, int mails, int connections)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, sink.Port);
            using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
            await ReadAsync(reader);
            await socket.SendAsync(Encoding.ASCII.GetBytes("EHLO bench.example.com\r\n"));
            await ReadAsync(reader);
            for (var i = 0; i < mails / connections; i++)
            {
                await socket.SendAsync(Mail);
                for (var reply = 0; reply < 3; reply++)
                {
                    await ReadAsync(reader);
                }

                await socket.SendAsync(Content);
                await ReadAsync(reader);
            }
        }));
        return mails / watch.Elapsed.TotalSeconds;
    }

    private static async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { Length: > 3 } line && line[3] == '-')
        {
        }
    }
}
