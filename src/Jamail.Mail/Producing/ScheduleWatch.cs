using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Hosting;

namespace Jamail.Mail;

/// <summary>Wakes the outbox when the next scheduled mail is due; what other hosts scheduled is noticed at each sweep.</summary>
internal sealed class ScheduleWatch(
    Database database, Statements statements, CommitSignal signal, OutboxSettings settings, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan HeldUp = TimeSpan.FromMilliseconds(250);

    private readonly Alarm _earlier = new(clock);
    private readonly Lock _gate = new();
    private long _next = long.MaxValue;

    /// <summary>A mail was scheduled here.</summary>
    public void Notice(long dueAt)
    {
        lock (_gate)
        {
            if (dueAt < _next)
            {
                _next = dueAt;
                _earlier.Ring();
            }
        }
    }

    public override void Dispose()
    {
        _earlier.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var due = await NextAsync(stoppingToken).ConfigureAwait(false);
            lock (_gate)
            {
                _next = due;
            }

            await _earlier.WaitAsync(Wait(due - clock.UnixMs()), stoppingToken).ConfigureAwait(false);
            if (due <= clock.UnixMs())
            {
                signal.Fire();
            }
        }
    }

    // One that is due and still waits is held up by something else, such as a Redis that is away.
    private TimeSpan Wait(long leftMs) =>
        leftMs <= 0 ? HeldUp
        : leftMs < settings.SweepInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(leftMs)
        : settings.SweepInterval;

    private async Task<long> NextAsync(CancellationToken stopping)
    {
        try
        {
            var next = await database.ReadAsync(
                (connection, token) => statements.FirstAsync<long?>(connection, MailSql.NextScheduled, null, token), stopping).ConfigureAwait(false);
            return next ?? long.MaxValue;
        }
        catch (Exception fault) when (fault is StoreUnavailableException or OperationCanceledException)
        {
            return long.MaxValue;
        }
    }
}
