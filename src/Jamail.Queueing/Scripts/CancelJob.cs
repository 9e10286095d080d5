using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Cancels jobs that wait, and tells the workers of those that run (cancelJob-13).</summary>
internal sealed class CancelJob(ScriptRunner runner, QueueKeys keys)
{
    // Longer than any job is likely to run; an entry means only the job it was made for.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly LuaScript _script = runner.Scripts["cancelJob"];
    private readonly RedisKey[] _keys =
    [
        keys.Wait, keys.Paused, keys.Active, keys.Prioritized, keys.Delayed, keys.WaitingChildren, keys.Completed, keys.Failed,
        keys.Events, keys.Meta, keys.Stalled, keys.Repeat, keys.Cancelled,
    ];

    /// <exception cref="JobQueueException">There is no such job, or it cannot be cancelled.</exception>
    public async Task<JobCancelResult> RunAsync(string id, string reason, AfterCancel then, KeepJobs keep, long nowMs)
    {
        RedisValue[] arguments =
        [
            keys.Base, id, nowMs, Cancellation.Wire(then), reason, Cancellation.FailedReason(reason),
            Arguments.Optional(keep.Count), Arguments.Optional(keep.AgeSeconds), Arguments.Optional(keep.Limit),
            (long)Kept.TotalMilliseconds,
        ];
        return (int)await runner.RunAsync(_script, _keys, arguments).ConfigureAwait(false) switch
        {
            0 => JobCancelResult.Cancelled,
            1 => JobCancelResult.Requested,
            2 => JobCancelResult.AlreadyFinished,
            var code => throw ScriptRunner.Refusal(code, keys.Queue, JobId.Parse(id)),
        };
    }
}
