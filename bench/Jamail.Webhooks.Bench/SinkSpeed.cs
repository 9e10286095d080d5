using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Bench;

/// <summary>What the sink takes from bytes made before, without any stack before it: the limit of both sides.</summary>
internal static class SinkSpeed
{
    public static async Task<double> MeasureAsync(int requests, int connections)
    {
        await using var sink = WebhookSink.Start();
        var body = $$"""{ "type": "order.paid", "data": { "id": "ord_1", "note": "{{new string('x', 120)}}" } }""";
        var request = Encoding.ASCII.GetBytes(
            $"POST /hook HTTP/1.1\r\nhost: 127.0.0.1:{sink.Port}\r\ncontent-type: application/json\r\nwebhook-id: msg_1\r\n"
            + $"webhook-signature: v1,{new string('a', 44)}\r\ncontent-length: {body.Length}\r\n\r\n{body}");
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendAsync(sink.Port, request, requests / connections)));
        return requests / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task SendAsync(int port, byte[] request, int times)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var answer = new byte[4096];
        for (var n = 0; n < times; n++)
        {
            await socket.SendAsync(request);
            var got = 0;
            while (answer.AsSpan(0, got).IndexOf("\r\n\r\n"u8) < 0)
            {
                got += await socket.ReceiveAsync(answer.AsMemory(got));
            }
        }
    }
}
