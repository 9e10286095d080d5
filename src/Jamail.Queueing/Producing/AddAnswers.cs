namespace Jamail.Queueing;

/// <summary>Tells those who wait for an add what became of it.</summary>
internal static class AddAnswers
{
    public static void Give(QueueName queue, AddBatch batch, AddReply[] replies)
    {
        for (var index = 0; index < replies.Length; index++)
        {
            var entry = batch.Entries[index];
            var reply = replies[index];
            if (reply.Id is { } id)
            {
                entry.Waiter.Added(entry.Index, JobId.Parse(id));
            }
            else
            {
                entry.Waiter.Refused(entry.Index, AddErrors.Of(reply, queue, entry.Job));
            }
        }
    }

    /// <summary>Answers and drops the jobs that cannot be part of a call; only before it is sent.</summary>
    public static void Refuse(AddBatch batch, Func<JobToAdd, JobQueueException?> refusalOf) => batch.Drop(entry =>
    {
        if (refusalOf(entry.Job) is not { } refusal)
        {
            return false;
        }

        entry.Waiter.Refused(entry.Index, refusal);
        return true;
    });

    public static void Give(QueueName queue, AddBatch batch, Exception fault)
    {
        var isRefused = RedisFaults.Of(fault) == RedisFault.Refused;
        foreach (var entry in batch.Entries)
        {
            entry.Waiter.Refused(
                entry.Index,
                isRefused ? AddErrors.Refused(queue, entry.Job, fault) : AddErrors.Unknown(queue, entry.Job, fault));
        }
    }

    public static void Overdue(QueueName queue, in AddEntry entry, bool isSent, TimeSpan timeout) => entry.Waiter.Refused(
        entry.Index,
        isSent ? AddErrors.Unknown(queue, entry.Job, null) : AddErrors.Unavailable(queue, entry.Job, timeout));
}
