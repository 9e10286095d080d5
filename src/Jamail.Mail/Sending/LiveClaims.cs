using System.Collections.Concurrent;
using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// The claims of this process: renews them together, and ends those that cannot be renewed before they run out, so that no
/// other worker decides about a mail while this one still talks to the server.
/// </summary>
internal sealed class LiveClaims(MailClaims claims, IOptions<MailOptions> options, TimeProvider clock)
    : BackgroundService, IHostedLifecycleService
{
    // Of a claim's time; what is left is for closing the connection.
    private const double SafeShare = 0.8;

    private readonly ConcurrentDictionary<string, LiveClaim> _held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>Names this process in claims and attempts.</summary>
    public string Worker { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Fires when the host has drained its workers.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <param name="id">The mail just claimed.</param>
    /// <param name="cancellationToken">The job's: ends the claim's token too.</param>
    public LiveClaim Hold(string id, CancellationToken cancellationToken)
    {
        var claim = new LiveClaim(id, options.Value.ClaimDuration * SafeShare, clock, Release, cancellationToken);
        _held[id] = claim;
        return claim;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The workers still drain: their claims are needed until every service has stopped.
    public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await _stopped.CancelAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        base.Dispose();
        _stopped.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ClaimDuration / 3, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (!_held.IsEmpty)
            {
                await RenewAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        var asked = clock.GetTimestamp();
        var claimed = _held.Values.ToList();
        try
        {
            var still = await claims.ExtendAsync(
                [.. claimed.Select(claim => claim.Id)], Worker, options.Value.ClaimDuration, stopping).ConfigureAwait(false);
            foreach (var claim in claimed.Where(claim => still.Contains(claim.Id)))
            {
                claim.Renew(asked);
            }
        }
        catch (StoreUnavailableException)
        {
            // Each claim ends its own connection when its time is nearly up.
        }
    }

    private void Release(LiveClaim claim) => _held.TryRemove(new KeyValuePair<string, LiveClaim>(claim.Id, claim));
}
