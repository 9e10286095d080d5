using System.Net;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// One connection for the calls that must be quick. Whoever sends writes to the socket himself, and a thread of its own waits
/// for replies: a multiplexer's hand-overs between threads took longer than Redis takes for a small call.
/// </summary>
internal sealed class WireConnection : IThreadPoolWorkItem, IDisposable
{
    // What surely fits into the socket's buffer is written by the caller, who never waits for Redis then.
    private const int InlineBytes = 64 * 1024;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<WireCall> _unanswered = new();
    private readonly Queue<ReadOnlyMemory<byte>> _unsent = new();
    private readonly WireSocket _socket;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesUnanswered;
    private bool _isWriting;
    private Exception? _ended;

    private WireConnection(WireSocket socket) => _socket = socket;

    /// <summary>Commands can be sent.</summary>
    public bool IsAlive => Volatile.Read(ref _ended) is null;

    /// <summary>By what Redis knows this connection; null where it does not say.</summary>
    public long? Id => _socket.Id;

    /// <summary>How it calls itself.</summary>
    public string ClientName => _socket.ClientName;

    /// <exception cref="WireLostException">There is no connection to be had; nothing was sent.</exception>
    public static async Task<WireConnection> ConnectAsync(
        EndPoint endPoint,
        ConfigurationOptions options,
        string clientName,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var connection = new WireConnection(new WireSocket(endPoint, options, clientName));
        new Thread(connection.Run) { IsBackground = true, Name = "Jamail Redis" }.Start();
        try
        {
            await connection._ready.Task.WaitAsync(ConnectPatience, clock, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception)
        {
            connection.End(exception);
            cancellationToken.ThrowIfCancellationRequested();
            throw new WireLostException(isSent: false, exception);
        }
    }

    /// <summary>Sends a command; its reply or its failure comes through the call.</summary>
    public void Send(WireCall call)
    {
        var bytes = call.Command.ToBytes();
        bool isInline;
        lock (_gate)
        {
            if (_ended is not null)
            {
                call.Fail(new WireLostException(isSent: false, _ended));
                return;
            }

            _unanswered.Enqueue(call);
            _unsent.Enqueue(bytes);
            _bytesUnanswered += call.Command.Length;
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
            isInline = _bytesUnanswered <= InlineBytes;
        }

        if (isInline)
        {
            Write(isInline: true);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Ends the connection; what waits for replies fails.</summary>
    public void Dispose() => End(new ObjectDisposedException(nameof(WireConnection)));

    void IThreadPoolWorkItem.Execute() => Write(isInline: false);

    private void Write(bool isInline)
    {
        while (true)
        {
            ReadOnlyMemory<byte> bytes;
            bool isMore;
            lock (_gate)
            {
                if (!_unsent.TryDequeue(out bytes))
                {
                    _isWriting = false;
                    return;
                }

                isMore = _unsent.Count > 0;
            }

            try
            {
                _socket.Write(bytes.Span);
            }
            catch (Exception exception)
            {
                End(exception);
                return;
            }

            if (isInline && isMore)
            {
                // What others added meanwhile is not this caller's to wait for.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    private void Run()
    {
        try
        {
            _socket.Open();
            _ready.TrySetResult();
            var input = new WireInput();
            while (true)
            {
                input.ReadFrom(_socket.Stream);
                while (input.TryTake(out var reply))
                {
                    Answer(reply);
                }
            }
        }
        catch (Exception exception)
        {
            End(exception);
        }
    }

    private void Answer(ReadOnlySpan<byte> reply)
    {
        WireCall call;
        lock (_gate)
        {
            if (!_unanswered.TryDequeue(out call!))
            {
                throw new InvalidDataException("Redis sent a reply that nobody waits for.");
            }

            _bytesUnanswered -= call.Command.Length;
        }

        call.Answer(reply);
    }

    private void End(Exception exception)
    {
        WireCall[] left;
        lock (_gate)
        {
            if (_ended is not null)
            {
                return;
            }

            _ended = exception;
            left = [.. _unanswered];
            _unanswered.Clear();
            _unsent.Clear();
        }

        _socket.Dispose();
        _ready.TrySetException(exception);
        foreach (var call in left)
        {
            call.Fail(new WireLostException(isSent: true, exception));
        }
    }
}
