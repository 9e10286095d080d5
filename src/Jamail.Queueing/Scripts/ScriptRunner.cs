using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The one place that sends a script.</summary>
/// <param name="database">The connection to use now; it may change between calls.</param>
/// <param name="scripts">The scripts.</param>
internal sealed class ScriptRunner(Func<IDatabaseAsync> database, LuaScriptCatalog scripts)
{
    private const int MostLoads = 3;

    public LuaScriptCatalog Scripts => scripts;

    /// <summary>Runs a script by its hash. A Redis that does not know it has run nothing, and gets the text.</summary>
    public async Task<RedisResult> RunAsync(LuaScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        for (var load = 0; ; load++)
        {
            try
            {
                return await RunOnceAsync(script, keys, arguments, withText: load > 0).ConfigureAwait(false);
            }
            catch (RedisServerException refusal)
                when (load < MostLoads && refusal.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
            }
        }
    }

    /// <summary>
    /// Sends a script before it returns. Without the text, a Redis that does not know the script refuses; this is for callers
    /// that keep several calls in order, and so repeat them themselves.
    /// </summary>
    public Task<RedisResult> RunOnceAsync(LuaScript script, RedisKey[] keys, RedisValue[] arguments, bool withText) => withText
        ? database().ScriptEvaluateAsync(script.Text, keys, arguments)
        : database().ScriptEvaluateAsync(script.Sha1, keys, arguments);

    /// <summary>What a reply below zero means.</summary>
    public static JobQueueException Refusal(int code, QueueName queue, JobId? jobId = null)
    {
        var job = jobId is { } id ? $"Job '{id}' of queue '{queue}'" : $"A job of queue '{queue}'";
        var (error, text) = code switch
        {
            -1 => (JobQueueError.JobNotFound, "does not exist, or no longer"),
            -2 => (JobQueueError.LockLost, "has no lock any more; another worker may hold it soon"),
            -3 => (JobQueueError.InvalidState, "is not in the state this operation needs; read its state first"),
            -4 => (JobQueueError.PendingChildren, "has unfinished children; wait for them or remove them first"),
            -5 => (JobQueueError.ParentNotFound, "names a parent that does not exist; add the parent first"),
            -6 => (JobQueueError.LockMismatch, "is locked by another worker"),
            -7 => (JobQueueError.ParentCannotBeReplaced, "belongs to another parent that still exists"),
            -8 => (JobQueueError.BelongsToScheduler, "is the next run of a scheduler; remove the scheduler instead"),
            -9 => (JobQueueError.FailedChildren, "has failed children"),
            -10 => (JobQueueError.SchedulerCollision, "cannot be made: the scheduler's next id is taken by another job"),
            -11 => (JobQueueError.SchedulerBusy, "cannot be made: all next slots of the scheduler are taken"),
            _ => (JobQueueError.ScriptFailed, $"was refused with the unknown code {code}"),
        };
        return new JobQueueException(error, $"{job} {text}.", queue, jobId);
    }
}
