using Jamail.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// Keeps bulk mails in the database while as many as the host wants wait in the queue, and lets the oldest ones follow as those go out: new ones,
/// those that are sent again after a doubt, and what is left of those that went in parts. Every host does; together they may let a few more
/// follow than are wanted.
/// </summary>
internal sealed class BulkFeed(
    Database database, Statements statements, CommitSignal signal, IOptions<MailOptions> options, OutboxSettings settings, TimeProvider clock,
    ILogger<BulkFeed> logger) : BackgroundService
{
    /// <summary>The state of a job that is not wanted yet: its mail is due at <c>due_at</c>, and waits until there is room.</summary>
    public const int Held = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(60);

    private readonly Alarm _news = new(clock);
    private readonly int _most = options.Value.MaxWaitingBulk;
    private int _room = options.Value.MaxWaitingBulk;
    private long _alertUntil;

    /// <summary>Decides whether a bulk mail that is about to be stored gets its job at once.</summary>
    public void Admit(MailRow row)
    {
        if (row.Priority == 0 || row.State is not (EmailStatus.Queued or EmailStatus.Scheduled))
        {
            return;
        }

        if (row.State == EmailStatus.Scheduled || Interlocked.Decrement(ref _room) < 0)
        {
            row.JobState = Held;
            row.JobDueAt = row.ScheduledAt ?? row.QueuedAt;

            // Its transaction may commit a while later.
            Interlocked.Exchange(ref _alertUntil, clock.UnixMs() + (long)LongestCommit.TotalMilliseconds);
            _news.Ring();
        }
    }

    /// <summary>Jobs of mails that were stored before are wanted, and the transaction that says so is committed.</summary>
    public void Announce()
    {
        signal.Fire();
        _news.Ring();
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = settings.SweepInterval;
            try
            {
                wait = await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.BulkWaits(fault.Message);
            }

            await _news.WaitAsync(wait, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <returns>When to look again, unless something happens before.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        var now = clock.UnixMs();
        var found = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<BulkBacklog>(
                connection, MailSql.MeasureBulk, new { now, soon = now + (long)settings.ConfirmWithin.TotalMilliseconds, count = _most }, token),
            stopping).ConfigureAwait(false) ?? new BulkBacklog();
        var room = Math.Max(0, _most - (int)found.Waiting);
        if (found.NextHeldAt is { } next && next <= now)
        {
            var count = room == 0 ? 0 : await database.WriteAsync(
                (transaction, token) => statements.ExecuteAsync(transaction, MailSql.ReleaseBulk, new { now, count = room }, token), stopping).ConfigureAwait(false);
            if (count > 0)
            {
                signal.Fire();
            }

            // Those stored now come after those that are held still.
            Interlocked.Exchange(ref _room, room - count);
            return Interval;
        }

        Interlocked.Exchange(ref _room, room);
        var longest = Interlocked.Read(ref _alertUntil) > now ? Interval : settings.SweepInterval;
        return found.NextHeldAt is { } at && at - now < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(at - now) : longest;
    }

    private sealed class BulkBacklog
    {
        public long Waiting { get; set; }

        public long? NextHeldAt { get; set; }
    }
}
