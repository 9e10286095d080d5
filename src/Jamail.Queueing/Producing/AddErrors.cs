namespace Jamail.Queueing;

/// <summary>What AddAsync says when it did not add.</summary>
internal static class AddErrors
{
    public static JobQueueException Busy(QueueName queue) => new(
        JobQueueError.Busy,
        $"Queue '{queue}': {AddCoalescer.MaxWaitingBytes >> 20} MiB of jobs wait to be sent to Redis, which is the limit; " +
        "nothing was added. Wait for adds under way and repeat.",
        queue);

    public static JobQueueException Unknown(QueueName queue, JobToAdd job, Exception? cause) => new(
        JobQueueError.Unknown,
        $"Queue '{queue}': Redis did not answer the add of job '{job.Name}'{Named(job)}, so it may or may not have been added. " +
        (job.Id.Length > 0
            ? "It has an id of its own, so adding it again is safe."
            : "With an id of its own (JobOptions.Id) adding it again would be safe; without one, look for it first."),
        queue,
        IdOf(job),
        cause);

    public static JobQueueException Unavailable(QueueName queue, JobToAdd job, TimeSpan timeout) => new(
        JobQueueError.Unavailable,
        $"Queue '{queue}': Redis was away or not ready for {timeout.TotalSeconds:0.#} s (Jamail:Queueing:AddTimeout); job " +
        $"'{job.Name}'{Named(job)} was not sent and not added. Repeat when Redis is back.",
        queue,
        IdOf(job));

    public static JobQueueException Refused(QueueName queue, JobToAdd job, Exception cause) => new(
        JobQueueError.ScriptFailed,
        $"Queue '{queue}': Redis refused the add of job '{job.Name}'{Named(job)}: {cause.Message}",
        queue,
        IdOf(job),
        cause);

    public static JobQueueException SlotsDiffer(QueueKeys keys, JobToAdd job, ParentLink parent) => new(
        JobQueueError.SlotsDiffer,
        $"Queue '{keys.Queue}': job '{job.Name}'{Named(job)} was not added: on a Redis Cluster it and its parent '{parent.Key}' must " +
        $"lie in one hash slot, but the keys of '{keys.Base}' and that of the parent do not have the same hash tag; " +
        "give the prefix one, as in {bull} (Jamail:Queueing:Prefix, and the prefix of the Node clients), or keep both in one queue.",
        keys.Queue,
        IdOf(job));

    public static JobQueueException Of(in AddReply reply, QueueName queue, JobToAdd job) => new(
        reply.Fault is null ? ErrorCodes.Of(reply.Code) : JobQueueError.ScriptFailed,
        reply.Fault is { } fault
            ? $"Queue '{queue}': adding job '{job.Name}'{Named(job)} failed inside Redis: {fault}"
            : $"Queue '{queue}': Redis refused job '{job.Name}'{Named(job)} ({ErrorCodes.Of(reply.Code)}).",
        queue,
        IdOf(job));

    private static string Named(JobToAdd job) => job.Id.Length > 0 ? $" with id '{job.Id}'" : "";

    private static JobId? IdOf(JobToAdd job) => job.Id.Length > 0 ? JobId.Parse(job.Id) : null;
}
