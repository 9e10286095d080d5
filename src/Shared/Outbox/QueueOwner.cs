using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>
/// Ties a queue to the database its rows are in. Two systems that share a Redis by mistake would take each other's jobs, and
/// settle rows that are not theirs.
/// </summary>
/// <param name="database">Null for a queue that hosts of several databases add to: it is tied to none.</param>
/// <param name="inspector">Of the queue.</param>
internal sealed class QueueOwner(Database? database, IJobQueueInspector inspector)
{
    /// <exception cref="JobQueueException">The queue is tied to another database.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (database is null)
        {
            return;
        }

        var own = database.Id;
        var owner = await inspector.ClaimForDatabaseAsync(own, cancellationToken).ConfigureAwait(false);
        if (owner != own)
        {
            throw new JobQueueException(
                JobQueueError.OtherDatabase,
                $"Queue '{inspector.Name}' belongs to the database '{owner}', and this host's is '{own}': its jobs are not added or "
                + "worked here. Give one of the two systems a Redis (Jamail:Redis) or a prefix (Jamail:Queueing:Prefix) of its own; if "
                + "this database took the other's place, delete the field jamail.database of the queue's meta.",
                inspector.Name);
        }
    }

    /// <summary>The queue's epoch, once the queue is known to be ours.</summary>
    public async Task<string> EpochAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await inspector.GetEpochAsync(cancellationToken).ConfigureAwait(false);
    }
}
