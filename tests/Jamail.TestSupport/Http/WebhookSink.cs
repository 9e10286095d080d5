using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.TestSupport;

/// <summary>
/// An HTTP receiver on loopback that answers, delays, drips or breaks off as the test says. Speaks HTTP by hand, since no
/// proper server can be made to misbehave.
/// </summary>
public sealed class WebhookSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SinkReply> _script = new();
    private readonly List<ReceivedWebhook> _received = [];
    private readonly X509Certificate2? _certificate;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;

    private WebhookSink(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/hook";

    /// <summary>How a request is treated when the script has nothing left.</summary>
    public Func<ReceivedWebhook, SinkReply> Answer { get; set; } = _ => SinkReply.Ok;

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<ReceivedWebhook> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <param name="replies">What the first requests are answered with, in order; then comes <see cref="Answer"/>.</param>
    public static WebhookSink Start(params SinkReply[] replies) => Start(null, replies);

    public static WebhookSink Start(X509Certificate2? certificate, params SinkReply[] replies)
    {
        var sink = new WebhookSink(certificate);
        sink.Then(replies);
        return sink;
    }

    public void Then(params SinkReply[] replies)
    {
        foreach (var reply in replies)
        {
            _script.Enqueue(reply);
        }
    }

    /// <summary>Waits until this many requests have come.</summary>
    public async Task<IReadOnlyList<ReceivedWebhook>> WaitAsync(int count, TimeSpan? limit = null)
    {
        using var deadline = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(30));
        while (true)
        {
            Task arrival;
            lock (_received)
            {
                if (_received.Count >= count)
                {
                    return [.. _received];
                }

                arrival = _arrival.Task;
            }

            try
            {
                await arrival.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The sink received {Received.Count} of {count} requests in time.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = await OpenAsync(client);
                using var connection = new SinkConnection(stream, number);
                while (await connection.ReadAsync(_stop.Token) is { } request)
                {
                    var reply = Record(request);
                    await reply.WriteAsync(stream, _stop.Token);
                    if (!reply.KeepsConnection)
                    {
                        return;
                    }
                }
            }
            catch (Exception exception)
                when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException
                    or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var encrypted = new SslStream(client.GetStream());
        await encrypted.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return encrypted;
    }

    private SinkReply Record(ReceivedWebhook request)
    {
        TaskCompletionSource arrival;
        lock (_received)
        {
            _received.Add(request);
            arrival = _arrival;
            _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrival.SetResult();
        return _script.TryDequeue(out var reply) ? reply : Answer(request);
    }
}
