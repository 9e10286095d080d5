using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>The rows of one package that want jobs, over a table of their jobs: state, epoch, when due.</summary>
internal interface IOutboxStore<TRow>
    where TRow : OutboxRow
{
    /// <summary>Takes rows that want a job and are due, and keeps others from taking them until <paramref name="leaseUntil"/>.</summary>
    Task<IReadOnlyList<TRow>> LeaseWantedAsync(int limit, long now, long leaseUntil, CancellationToken cancellationToken);

    /// <summary>Notes that Redis holds the jobs. A row that is finished meanwhile stays as it is.</summary>
    Task ConfirmAsync(IReadOnlyList<TRow> rows, string epoch, long checkAt, CancellationToken cancellationToken);

    /// <summary>Makes confirmed, unfinished, unclaimed rows of another epoch want a job again.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    Task<int> WantAgainAsync(string epoch, long now, int limit, CancellationToken cancellationToken);

    /// <summary>Takes confirmed, unfinished rows whose check is due and whose claim, if any, has run out.</summary>
    Task<IReadOnlyList<TRow>> LeaseOverdueAsync(int limit, long now, long checkAt, CancellationToken cancellationToken);

    /// <summary>
    /// Settles unfinished rows by what the queue tells. A row that a worker of ours holds is left alone; one that is
    /// finished meanwhile stays as it is.
    /// </summary>
    Task SettleAsync(IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken);

    /// <summary>The job of a row, with the id of its sequence number.</summary>
    NewJob<RawJson> CreateJob(TRow row);

    /// <summary>The row a job id of this package belongs to; null for a job of somebody else's.</summary>
    string? RowOf(string jobId);

    /// <summary>The last entry of the queue's event stream that was read; null before the first.</summary>
    Task<string?> ReadEventPositionAsync(CancellationToken cancellationToken);

    Task SaveEventPositionAsync(string position, CancellationToken cancellationToken);

    /// <summary>Removes what has expired: idempotency keys, content past its time.</summary>
    Task CleanAsync(long now, CancellationToken cancellationToken);
}
