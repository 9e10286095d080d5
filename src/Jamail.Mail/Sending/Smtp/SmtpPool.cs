using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>Keeps lines to one server, so that a mail seldom pays for connecting and signing in.</summary>
internal sealed class SmtpPool<TLine> : IAsyncDisposable
    where TLine : class, ISmtpLine
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<PooledLine<TLine>> _idle = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places;
    private readonly SmtpOptions _options;
    private readonly Func<CancellationToken, Task<TLine>> _open;
    private readonly Func<SmtpPool<TLine>, PooledLine<TLine>, IEmailConnection> _lend;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private bool _disposed;

    /// <param name="options">The server, and the limits of the pool.</param>
    /// <param name="open">Opens a line; throws <see cref="SmtpConnectException"/> when there is none.</param>
    /// <param name="lend">Wraps a line for one sender, who gives it back to the pool.</param>
    /// <param name="clock">The clock.</param>
    public SmtpPool(
        SmtpOptions options, Func<CancellationToken, Task<TLine>> open,
        Func<SmtpPool<TLine>, PooledLine<TLine>, IEmailConnection> lend, TimeProvider clock)
    {
        _options = options;
        _open = open;
        _lend = lend;
        _clock = clock;
        _places = new SemaphoreSlim(options.MaxConnections, options.MaxConnections);
        _sweep = clock.CreateTimer(static pool => _ = ((SmtpPool<TLine>)pool!).CloseStaleAsync(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Lines open and waiting for a message.</summary>
    public int Idle
    {
        get
        {
            lock (_gate)
            {
                return _idle.Count;
            }
        }
    }

    /// <summary>Lines, with their senders or idle, and those being opened.</summary>
    public int Open => Idle + _options.MaxConnections - _places.CurrentCount;

    /// <summary>A line that was just heard from or is fresh. First come, first served.</summary>
    public async Task<TransportLease> LeaseAsync(CancellationToken cancellationToken)
    {
        using (var limits = new SmtpLimits(_clock, cancellationToken))
        {
            limits.Allow(_options.LeaseTimeout);
            try
            {
                await _places.WaitAsync(limits.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                var fault = limits.Explain(exception);
                var text = fault.Fault == TransportFault.TimedOut
                    ? $"All {_options.MaxConnections} connections to {_options.Host}:{_options.Port} were busy for {_options.LeaseTimeout}."
                    : fault.Message;
                return new TransportLease(null, new TransportResult { Phase = SendPhase.Lease, Fault = fault.Fault, Text = text });
            }
        }

        try
        {
            while (TakeIdle() is { } pooled)
            {
                if (await IsAliveAsync(pooled, cancellationToken).ConfigureAwait(false))
                {
                    return new TransportLease(_lend(this, pooled), null);
                }

                await pooled.Line.DisposeAsync().ConfigureAwait(false);
            }

            var line = await _open(cancellationToken).ConfigureAwait(false);
            var now = _clock.GetTimestamp();
            return new TransportLease(_lend(this, new PooledLine<TLine>(line, now, now)), null);
        }
        catch (SmtpConnectException exception)
        {
            _places.Release();
            return new TransportLease(null, exception.Result);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Takes a line back; one that is not to be trusted, or has served enough, is closed.</summary>
    public async ValueTask ReturnAsync(PooledLine<TLine> pooled, bool isReusable)
    {
        var keep = isReusable && pooled.Line.Messages < _options.MaxMessagesPerConnection &&
            _clock.GetElapsedTime(pooled.OpenedAt) < _options.ConnectionLife;
        lock (_gate)
        {
            keep = keep && !_disposed;
            if (keep)
            {
                _idle.Push(pooled with { IdleSince = _clock.GetTimestamp() });
            }
        }

        try
        {
            if (!keep)
            {
                await CloseAsync(pooled.Line, isReusable).ConfigureAwait(false);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
        while (TakeIdle() is { } pooled)
        {
            await CloseAsync(pooled.Line, polite: true).ConfigureAwait(false);
        }
    }

    private PooledLine<TLine>? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var pooled) ? pooled : null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with an idle connection, another one is opened.")]
    private async Task<bool> IsAliveAsync(PooledLine<TLine> pooled, CancellationToken cancellationToken)
    {
        if (_clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle ||
            _clock.GetElapsedTime(pooled.OpenedAt) >= _options.ConnectionLife)
        {
            return false;
        }

        try
        {
            if (_clock.GetElapsedTime(pooled.IdleSince) < _options.ProbeAfter && !pooled.Line.HasNews)
            {
                return true;
            }

            using var limits = new SmtpLimits(_clock, cancellationToken);
            limits.Allow(ProbeLimit);
            return await pooled.Line.AnswersAsync(limits).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task CloseStaleAsync()
    {
        List<TLine> stale = [];
        lock (_gate)
        {
            PooledLine<TLine>[] all = [.. _idle];
            _idle.Clear();
            foreach (var pooled in all.Reverse())
            {
                if (_clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle)
                {
                    stale.Add(pooled.Line);
                }
                else
                {
                    _idle.Push(pooled);
                }
            }
        }

        foreach (var line in stale)
        {
            await CloseAsync(line, polite: true).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(TLine line, bool polite)
    {
        if (polite)
        {
            using var limits = new SmtpLimits(_clock, CancellationToken.None);
            limits.Allow(ProbeLimit);
            await line.QuitAsync(limits).ConfigureAwait(false);
        }

        await line.DisposeAsync().ConfigureAwait(false);
    }
}
