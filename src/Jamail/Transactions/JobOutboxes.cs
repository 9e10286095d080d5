using System.Collections.Concurrent;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail;

/// <summary>An outbox for each queue that has rows.</summary>
internal sealed class JobOutboxes(
    IJobQueues queues,
    Database database,
    Statements statements,
    IOptionsMonitor<JobWorkerOptions> workers,
    TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    /// <summary>Begins the ids of jobs that have none of their own.</summary>
    public const string JobPrefix = "tx";

    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Adds the jobs of a queue that want it.</summary>
    public Task DrainAsync(string queue, CancellationToken cancellationToken) => Of(queue).Outbox.DrainAsync(cancellationToken);

    /// <summary>Looks whether the queue lost its memory, and what became of jobs that should have ended.</summary>
    public async Task SweepAsync(string queue, CancellationToken cancellationToken)
    {
        var entry = Of(queue);
        await entry.Outbox.CompareEpochAsync(cancellationToken).ConfigureAwait(false);
        await entry.Overdue.CheckAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The queues that have rows; only those with jobs to add now when asked so.</summary>
    public Task<IReadOnlyList<string>> QueuesAsync(bool onlyDue, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<string>(
                connection, JobSql.ListQueues, new { now = clock.UnixMs(), all = onlyDue ? 0 : 1 }, token),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries.Values)
        {
            await entry.Outbox.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Entry Of(string queue) => _entries.GetOrAdd(queue, Make);

    private Entry Make(string queue)
    {
        var rows = new JobOutboxStore(queue, database, statements);
        var worker = workers.Get(queue);

        // Whoever works the queue removes finished jobs: one that is gone is done.
        var settings = new OutboxSettings(
            JobPrefix, SweepInterval, ConfirmWithin, worker.LockDuration + (2 * worker.StalledInterval), OthersWork: true);
        var inspector = queues.Inspect(queue);

        // Hosts with other databases may add to the same queue.
        var owner = new QueueOwner(database: null, inspector);
        return new Entry(
            new Outbox<JobOutboxRow>(rows, queues.Get(queue), owner, settings, clock, logger),
            new OverdueRows<JobOutboxRow>(rows, inspector, settings, clock, logger));
    }

    private sealed record Entry(Outbox<JobOutboxRow> Outbox, OverdueRows<JobOutboxRow> Overdue);
}
