using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Settles many outcomes and takes the next jobs in one call (finishJobs-16).</summary>
internal sealed class FinishJobs(ScriptRunner runner, QueueKeys keys)
{
    /// <summary>The code beside a fault: what the script did before the fault stays done.</summary>
    public const int FaultCode = -100;

    private const int ReplyBytes = 1024 * 1024;

    private readonly LuaScript _script = runner.Scripts["finishJobs"];
    private readonly RedisKey[] _keys =
    [
        keys.Wait, keys.Active, keys.Prioritized, keys.Events, keys.Stalled, keys.Limiter, keys.Delayed, keys.Paused,
        keys.Meta, keys.PriorityCounter, keys.Completed, keys.Failed, keys.Marker, keys.Id, keys.MetricsCompleted,
        keys.MetricsFailed,
    ];

    private List<RedisValue>? _spareList;

    /// <summary>Settles the outcomes in order, then takes up to <paramref name="fetch"/> jobs.</summary>
    public async Task<FinishReply> RunAsync(IReadOnlyList<Settlement> outcomes, int fetch, long nowMs, FetchTerms terms)
    {
        var reply = await runner.RunAsync(_script, _keys, Encode(outcomes, fetch, nowMs, terms)).ConfigureAwait(false);
        return Read((RedisResult[])reply!, nowMs, terms.WorkerName);
    }

    private RedisValue[] Encode(IReadOnlyList<Settlement> outcomes, int fetch, long nowMs, FetchTerms terms)
    {
        var arguments = Interlocked.Exchange(ref _spareList, null) ?? [];
        arguments.Add(keys.Base);
        arguments.Add(nowMs);
        arguments.Add(fetch);
        arguments.Add(terms.Token);
        arguments.Add(terms.LockDurationMs);
        arguments.Add(Arguments.Optional(terms.WorkerName));
        arguments.Add(Arguments.Optional(terms.LimiterMax));
        arguments.Add(Arguments.Optional(terms.LimiterDurationMs));
        arguments.Add(Arguments.Optional(terms.MaxMetricsSize));
        arguments.Add(ReplyBytes);
        arguments.Add(outcomes.Count);
        for (var i = 0; i < outcomes.Count; i++)
        {
            Write(arguments, outcomes[i]);
        }

        RedisValue[] exact = [.. arguments];
        arguments.Clear();
        _spareList = arguments;
        return exact;
    }

    private static void Write(List<RedisValue> arguments, Settlement outcome)
    {
        arguments.Add(Kind(outcome.Kind));
        arguments.Add(outcome.JobId);
        arguments.Add(outcome.Token);
        switch (outcome.Kind)
        {
            case SettlementKind.Completed:
            case SettlementKind.Failed:
                arguments.Add(Arguments.Bytes(outcome.Value));
                arguments.Add(Arguments.Optional(outcome.Keep.Count));
                arguments.Add(Arguments.Optional(outcome.Keep.AgeSeconds));
                arguments.Add(Arguments.Optional(outcome.Keep.Limit));
                if (outcome.Kind == SettlementKind.Failed)
                {
                    arguments.Add(outcome.Attempts);
                    WriteFields(arguments, outcome);
                }

                break;
            case SettlementKind.Delayed:
                arguments.Add(outcome.DelayMs);
                arguments.Add(Arguments.Flag(outcome.CountsAttempt));
                WriteFields(arguments, outcome);
                break;
            case SettlementKind.Retried:
                arguments.Add(outcome.Lifo ? "RPUSH" : "LPUSH");
                WriteFields(arguments, outcome);
                break;
        }
    }

    private static void WriteFields(List<RedisValue> arguments, Settlement outcome)
    {
        var count = (outcome.FailedReason is null ? 0 : 2) + (outcome.StackTraceJson is null ? 0 : 2);
        arguments.Add(count);
        if (outcome.FailedReason is { } reason)
        {
            arguments.Add("failedReason");
            arguments.Add(reason);
        }

        if (outcome.StackTraceJson is { } trace)
        {
            arguments.Add("stacktrace");
            arguments.Add(trace);
        }
    }

    private static RedisValue Kind(SettlementKind kind) => kind switch
    {
        SettlementKind.Completed => "completed",
        SettlementKind.Failed => "failed",
        SettlementKind.Delayed => "delayed",
        SettlementKind.Retried => "retried",
        SettlementKind.Returned => "returned",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of settlement."),
    };

    private static FinishReply Read(RedisResult[] reply, long nowMs, string? workerName)
    {
        var codes = (RedisResult[])reply[0]!;
        var taken = (RedisResult[])reply[1]!;
        var faults = (RedisResult[])reply[4]!;
        var settled = new SettleReply[codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            var code = (long)codes[i];
            settled[i] = code > 0 ? new SettleReply(0, code, null) : new SettleReply((int)code, 0, null);
        }

        string? fetchFault = null;
        for (var i = 0; i < faults.Length; i += 2)
        {
            var position = (int)faults[i];
            var text = (string)faults[i + 1]!;
            if (position == 0)
            {
                fetchFault = text;
            }
            else
            {
                settled[position - 1] = new SettleReply(FaultCode, 0, text);
            }
        }

        var jobs = new StoredJob[taken.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            jobs[i] = JobHash.ReadTaken((RedisResult[])taken[i]!, nowMs, workerName);
        }

        return new FinishReply(settled, jobs, (long)reply[2], (long)reply[3], fetchFault);
    }
}
