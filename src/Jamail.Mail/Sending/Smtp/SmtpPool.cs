using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>Keeps conversations with one server, so that a mail seldom pays for connecting and signing in.</summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<PooledConversation> _idle = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places;
    private readonly SmtpOptions _options;
    private readonly SmtpConnector _connector;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private bool _disposed;

    public SmtpPool(SmtpOptions options, SmtpConnector connector, TimeProvider clock)
    {
        _options = options;
        _connector = connector;
        _clock = clock;
        _places = new SemaphoreSlim(options.MaxConnections, options.MaxConnections);
        _sweep = clock.CreateTimer(static pool => _ = ((SmtpPool)pool!).CloseStaleAsync(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Conversations open and waiting for a message.</summary>
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

    /// <summary>Conversations, with their senders or idle, and those being opened.</summary>
    public int Open => Idle + _options.MaxConnections - _places.CurrentCount;

    /// <summary>A conversation that was just heard from or is fresh. First come, first served.</summary>
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
                    return new TransportLease(new SmtpConnection(this, pooled, _options, _clock), null);
                }

                await pooled.Conversation.DisposeAsync().ConfigureAwait(false);
            }

            var conversation = await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var now = _clock.GetTimestamp();
            return new TransportLease(new SmtpConnection(this, new PooledConversation(conversation, now, now), _options, _clock), null);
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

    /// <summary>Takes a conversation back; one that is not to be trusted, or has served enough, is closed.</summary>
    public async ValueTask ReturnAsync(PooledConversation pooled, bool isReusable)
    {
        var keep = isReusable && pooled.Conversation.Messages < _options.MaxMessagesPerConnection &&
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
                await CloseAsync(pooled.Conversation, isReusable).ConfigureAwait(false);
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
            await CloseAsync(pooled.Conversation, polite: true).ConfigureAwait(false);
        }
    }

    private PooledConversation? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var pooled) ? pooled : null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with an idle connection, another one is opened.")]
    private async Task<bool> IsAliveAsync(PooledConversation pooled, CancellationToken cancellationToken)
    {
        if (_clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle ||
            _clock.GetElapsedTime(pooled.OpenedAt) >= _options.ConnectionLife)
        {
            return false;
        }

        try
        {
            if (_clock.GetElapsedTime(pooled.IdleSince) < _options.ProbeAfter && !pooled.Conversation.Wire.HasNews)
            {
                return true;
            }

            using var limits = new SmtpLimits(_clock, cancellationToken);
            limits.Allow(ProbeLimit);
            return await pooled.Conversation.AnswersAsync(limits).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task CloseStaleAsync()
    {
        List<SmtpConversation> stale = [];
        lock (_gate)
        {
            PooledConversation[] all = [.. _idle];
            _idle.Clear();
            foreach (var pooled in all.Reverse())
            {
                if (_clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle)
                {
                    stale.Add(pooled.Conversation);
                }
                else
                {
                    _idle.Push(pooled);
                }
            }
        }

        foreach (var conversation in stale)
        {
            await CloseAsync(conversation, polite: true).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(SmtpConversation conversation, bool polite)
    {
        if (polite)
        {
            using var limits = new SmtpLimits(_clock, CancellationToken.None);
            limits.Allow(ProbeLimit);
            await conversation.QuitAsync(limits).ConfigureAwait(false);
        }

        await conversation.DisposeAsync().ConfigureAwait(false);
    }
}
