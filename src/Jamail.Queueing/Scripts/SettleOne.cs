using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Settles one outcome by the script of its kind, and takes no job: for when a group as a whole cannot be run.</summary>
internal sealed class SettleOne(ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _finish = runner.Scripts["moveToFinished"];
    private readonly LuaScript _delay = runner.Scripts["moveToDelayed"];
    private readonly LuaScript _retry = runner.Scripts["retryJob"];
    private readonly LuaScript _waitForChildren = runner.Scripts["moveToWaitingChildren"];
    private readonly LuaScript _return = runner.Scripts["moveJobFromActiveToWait"];

    /// <summary>Settles the outcome; a script error becomes the reply's fault, a lost connection throws.</summary>
    public async Task<SettleReply> RunAsync(Settlement outcome, long nowMs, FetchTerms terms)
    {
        try
        {
            var code = (long)await SendAsync(outcome, nowMs, terms).ConfigureAwait(false);
            return outcome.Kind == SettlementKind.WaitsForChildren && code > 0
                ? new SettleReply(FinishJobs.NothingToWaitFor, 0, null)
                : code > 0 ? new SettleReply(0, code, null) : new SettleReply((int)code, 0, null);
        }
        catch (RedisServerException error)
        {
            return new SettleReply(FinishJobs.FaultCode, 0, error.Message);
        }
    }

    private Task<RedisResult> SendAsync(Settlement outcome, long nowMs, FetchTerms terms)
    {
        var id = outcome.JobId;
        var job = keys.Job(id);
        return outcome.Kind switch
        {
            SettlementKind.Completed => FinishAsync(outcome, "completed", "returnvalue", nowMs, terms),
            SettlementKind.Failed => FinishAsync(outcome, "failed", "failedReason", nowMs, terms),
            SettlementKind.Delayed => runner.RunAsync(
                _delay,
                [
                    keys.Marker, keys.Active, keys.Prioritized, keys.Delayed, job, keys.Events, keys.Meta, keys.Stalled,
                    keys.Wait, keys.Limiter, keys.PriorityCounter,
                ],
                [
                    keys.Base, nowMs, id, outcome.Token, outcome.DelayMs, Arguments.Flag(!outcome.CountsAttempt),
                    Fields(outcome), "0", Arguments.None,
                ]),
            SettlementKind.Retried => runner.RunAsync(
                _retry,
                [
                    keys.Active, keys.Wait, keys.Paused, job, keys.Meta, keys.Events, keys.Delayed, keys.Prioritized,
                    keys.PriorityCounter, keys.Marker, keys.Stalled,
                ],
                [keys.Base, nowMs, outcome.Lifo ? "RPUSH" : "LPUSH", id, outcome.Token, Fields(outcome)]),
            SettlementKind.Returned => runner.RunAsync(
                _return,
                [
                    keys.Active, keys.Wait, keys.Stalled, keys.Paused, keys.Meta, keys.Limiter, keys.Prioritized,
                    keys.Marker, keys.Events,
                ],
                [id, outcome.Token, (string)job!]),
            SettlementKind.WaitsForChildren => runner.RunAsync(
                _waitForChildren,
                [
                    keys.Active, keys.WaitingChildren, job, keys.Dependencies(id), keys.FailedChildren(id), keys.Stalled,
                    keys.Events,
                ],
                [outcome.Token, Arguments.None, nowMs, id, keys.Base]),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not a kind of settlement."),
        };
    }

    private Task<RedisResult> FinishAsync(
        Settlement outcome, string target, string field, long nowMs, FetchTerms terms)
    {
        var completed = outcome.Kind == SettlementKind.Completed;
        return runner.RunAsync(
            _finish,
            [
                keys.Wait, keys.Active, keys.Prioritized, keys.Events, keys.Stalled, keys.Limiter, keys.Delayed,
                keys.Paused, keys.Meta, keys.PriorityCounter, completed ? keys.Completed : keys.Failed,
                keys.Job(outcome.JobId), completed ? keys.MetricsCompleted : keys.MetricsFailed, keys.Marker,
            ],
            [
                outcome.JobId, nowMs, field, Arguments.Bytes(outcome.Value), target, "0", keys.Base,
                FinishTerms(outcome, terms), Fields(outcome),
            ]);
    }

    private static byte[] FinishTerms(Settlement outcome, FetchTerms terms)
    {
        var keep = outcome.Keep;
        var writer = new MsgPackWriter(128);
        writer.Map(5);
        writer.Text("token");
        writer.Text(outcome.Token);
        writer.Text("keepJobs");
        writer.Map((keep.Count is null ? 0 : 1) + (keep.AgeSeconds is null ? 0 : 1) + (keep.Limit is null ? 0 : 1));
        Pair(writer, "count", keep.Count);
        Pair(writer, "age", keep.AgeSeconds);
        Pair(writer, "limit", keep.Limit);
        writer.Text("lockDuration");
        writer.Number(terms.LockDurationMs);
        writer.Text("attempts");
        writer.Number(outcome.Attempts);
        writer.Text("maxMetricsSize");
        if (terms.MaxMetricsSize is { } most)
        {
            writer.Number(most);
        }
        else
        {
            writer.Text("");
        }

        return writer.ToArray();
    }

    private static void Pair(MsgPackWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.Text(name);
            writer.Number(number);
        }
    }

    private static RedisValue Fields(Settlement outcome)
    {
        var count = (outcome.FailedReason is null ? 0 : 2) + (outcome.StackTraceJson is null ? 0 : 2);
        if (count == 0)
        {
            return Arguments.None;
        }

        var writer = new MsgPackWriter(256);
        writer.List(count);
        if (outcome.FailedReason is { } reason)
        {
            writer.Text("failedReason");
            writer.Text(reason);
        }

        if (outcome.StackTraceJson is { } trace)
        {
            writer.Text("stacktrace");
            writer.Text(trace);
        }

        return writer.ToArray();
    }
}
