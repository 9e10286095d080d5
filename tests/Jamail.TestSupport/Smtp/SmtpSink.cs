using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.TestSupport;

/// <summary>A real SMTP server on a free loopback port that keeps what it accepts and misbehaves as told.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SmtpSinkSession, Task> _sessions = new();
    private readonly List<SinkMessage> _messages = [];
    private readonly List<(int Count, TaskCompletionSource Signal)> _waiting = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _dialogue = new();
    private readonly Lock _gate = new();
    private volatile SinkRule[] _rules = [];
    private CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _connections;
    private int _dropped;

    private SmtpSink(SmtpSinkOptions options)
    {
        Options = options;
        if (options.Tls != SinkTls.None)
        {
            options.Certificate ??= TestCertificate.Create("localhost", "127.0.0.1");
        }
    }

    public SmtpSinkOptions Options { get; }

    public string Host { get; } = "127.0.0.1";

    public int Port { get; private set; }

    public X509Certificate2? Certificate => Options.Certificate;

    /// <summary>How many connections have been accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public int OpenConnections => _sessions.Count;

    /// <summary>How many messages were dropped as repeats (<see cref="SmtpSinkOptions.RepeatName"/>).</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>Everything accepted so far, in order.</summary>
    public IReadOnlyList<SinkMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>What was said, newest last: <c>3 C: MAIL FROM:…</c> and <c>3 S: 250 …</c>, 3 being the connection.</summary>
    public IReadOnlyList<string> Dialogue => [.. _dialogue];

    public static Task<SmtpSink> StartAsync(Action<SmtpSinkOptions>? configure = null)
    {
        var options = new SmtpSinkOptions();
        configure?.Invoke(options);
        var sink = new SmtpSink(options);
        sink.Listen();
        return Task.FromResult(sink);
    }

    /// <summary>Tells the sink what to do at a step.</summary>
    /// <param name="step">Where.</param>
    /// <param name="action">What.</param>
    /// <param name="times">How often, over all connections.</param>
    /// <param name="when">Only for lines like this; null for all.</param>
    public SinkRule On(SmtpStep step, SinkAction action, int times = int.MaxValue, Func<string, bool>? when = null)
    {
        var rule = new SinkRule(step, action, times, when);
        lock (_gate)
        {
            _rules = [rule, .. _rules];
        }

        return rule;
    }

    /// <summary>Answers a step with this reply.</summary>
    public SinkRule Refuse(SmtpStep step, string reply, int times = int.MaxValue, Func<string, bool>? when = null) =>
        On(step, new SinkAction.Reply(reply), times, when);

    /// <summary>Forgets all rules.</summary>
    public void Behave() => _rules = [];

    /// <summary>How many copies of a message were accepted.</summary>
    public int Copies(string messageId)
    {
        lock (_gate)
        {
            return _messages.Count(message => message.MessageId == messageId);
        }
    }

    /// <summary>Waits until this many messages have been accepted in all.</summary>
    public async Task<IReadOnlyList<SinkMessage>> WaitForAsync(int count, TimeSpan? timeout = null)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_messages.Count >= count)
            {
                return [.. _messages];
            }

            _waiting.Add((count, signal));
        }

        try
        {
            await signal.Task.WaitAsync(timeout ?? TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The SMTP sink accepted {Messages.Count} of {count} messages over {Connections} connections. Last lines:\n" +
                string.Join('\n', _dialogue.TakeLast(40)));
        }

        return Messages;
    }

    /// <summary>Closes the port and every connection; <see cref="Listen"/> opens the same port again.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        await _accepting;
        foreach (var session in _sessions.Keys)
        {
            session.Abort();
        }

        await Task.WhenAll(_sessions.Values);
    }

    /// <summary>Listens; after <see cref="StopAsync"/> on the same port as before.</summary>
    public void Listen()
    {
        _stop = new CancellationTokenSource();
        _listener = Ports.Listen(Port);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener, _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    internal SinkAction? ActionAt(SmtpStep step, string line)
    {
        foreach (var rule in _rules)
        {
            if (rule.TryUse(step, line))
            {
                return rule.Action;
            }
        }

        return null;
    }

    internal void Store(SinkMessage message)
    {
        lock (_gate)
        {
            if (Options.RepeatName?.Invoke(message) is { } name && !_names.Add(name))
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            _messages.Add(message);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_messages.Count >= _waiting[i].Count)
                {
                    _waiting[i].Signal.TrySetResult();
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    internal void Said(int connection, char who, string line)
    {
        if (Options.KeepDialogue)
        {
            _dialogue.Enqueue($"{connection} {who}: {line}");
            if (_dialogue.Count > 10_000)
            {
                _dialogue.TryDequeue(out _);
            }
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop);
                var session = new SmtpSinkSession(this, socket, Interlocked.Increment(ref _connections));
                var done = new TaskCompletionSource();
                _sessions[session] = done.Task;
                _ = Task.Run(async () =>
                {
                    await using (session)
                    {
                        await session.RunAsync(stop);
                    }

                    _sessions.TryRemove(session, out _);
                    done.SetResult();
                }, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }
}
