using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail.MailKit;

/// <summary>Keeps clients of one server, under the same settings as the pool in the box.</summary>
internal sealed class MailKitPool : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<PooledClient> _idle = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places;
    private readonly SmtpOptions _options;
    private readonly MailKitConnector _connector;
    private readonly DkimSigning? _signing;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private bool _disposed;

    public MailKitPool(SmtpOptions options, MailKitConnector connector, DkimSigning? signing, TimeProvider clock)
    {
        _options = options;
        _connector = connector;
        _signing = signing;
        _clock = clock;
        _places = new SemaphoreSlim(options.MaxConnections, options.MaxConnections);
        _sweep = clock.CreateTimer(static pool => _ = ((MailKitPool)pool!).CloseStaleAsync(), this, SweepInterval, SweepInterval);
    }

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
                    return Lend(pooled);
                }

                pooled.Client.Dispose();
            }

            var client = await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
            var now = _clock.GetTimestamp();
            return Lend(new PooledClient(client, now, now));
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

    /// <summary>Takes a client back; one that is not to be trusted, or has served enough, is closed.</summary>
    public async ValueTask ReturnAsync(PooledClient pooled, bool isReusable)
    {
        var keep = isReusable && pooled.Client.IsConnected && pooled.Client.Messages < _options.MaxMessagesPerConnection &&
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
                await CloseAsync(pooled.Client, isReusable).ConfigureAwait(false);
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
            await CloseAsync(pooled.Client, polite: true).ConfigureAwait(false);
        }
    }

    private TransportLease Lend(PooledClient pooled) => new(new MailKitConnection(this, pooled, _options, _signing, _clock), null);

    private PooledClient? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var pooled) ? pooled : null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is wrong with an idle client, another one is opened.")]
    private async Task<bool> IsAliveAsync(PooledClient pooled, CancellationToken cancellationToken)
    {
        if (!pooled.Client.IsConnected || _clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle ||
            _clock.GetElapsedTime(pooled.OpenedAt) >= _options.ConnectionLife)
        {
            return false;
        }

        if (_clock.GetElapsedTime(pooled.IdleSince) < _options.ProbeAfter)
        {
            return true;
        }

        using var limits = new SmtpLimits(_clock, cancellationToken);
        limits.Allow(ProbeLimit);
        try
        {
            await pooled.Client.NoOpAsync(limits.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task CloseStaleAsync()
    {
        List<MailKitClient> stale = [];
        lock (_gate)
        {
            PooledClient[] all = [.. _idle];
            _idle.Clear();
            foreach (var pooled in all.Reverse())
            {
                if (_clock.GetElapsedTime(pooled.IdleSince) >= _options.ConnectionIdle)
                {
                    stale.Add(pooled.Client);
                }
                else
                {
                    _idle.Push(pooled);
                }
            }
        }

        foreach (var client in stale)
        {
            await CloseAsync(client, polite: true).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nothing can be lost any more.")]
    private async Task CloseAsync(MailKitClient client, bool polite)
    {
        try
        {
            if (polite && client.IsConnected)
            {
                using var limits = new SmtpLimits(_clock, CancellationToken.None);
                limits.Allow(ProbeLimit);
                await client.DisconnectAsync(quit: true, limits.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
        }

        client.Dispose();
    }
}
