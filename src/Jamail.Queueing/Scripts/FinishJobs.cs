using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Settles many outcomes and takes the next jobs in one call (finishJobs-16).</summary>
internal sealed class FinishJobs
{
    /// <summary>The code beside a fault: what the script did before the fault stays done.</summary>
    public const int FaultCode = -100;

    /// <summary>The code for a job that was to wait for children and has none it could wait for.</summary>
    public const int NothingToWaitFor = -101;

    private const int ReplyBytes = 1024 * 1024;

    private readonly ScriptRunner _runner;
    private readonly QueueKeys _keys;
    private readonly LuaScript _script;
    private readonly WireCommand _beginning;

    public FinishJobs(ScriptRunner runner, QueueKeys keys)
    {
        _runner = runner;
        _keys = keys;
        _script = runner.Scripts["finishJobs"];
        _beginning = WireCommand.OfScript(
            _script,
            [
                keys.Wait, keys.Active, keys.Prioritized, keys.Events, keys.Stalled, keys.Limiter, keys.Delayed, keys.Paused,
                keys.Meta, keys.PriorityCounter, keys.Completed, keys.Failed, keys.Marker, keys.Id, keys.MetricsCompleted,
                keys.MetricsFailed,
            ]);
        _beginning.Add(keys.Base);
    }

    /// <summary>Settles the outcomes in order, then takes up to <paramref name="fetch"/> jobs.</summary>
    public Task<FinishReply> RunAsync(IReadOnlyList<Settlement> outcomes, int fetch, long nowMs, FetchTerms terms)
    {
        _runner.Metrics.GroupSent(_keys.Queue, _script.Name, outcomes.Count);
        return _runner.RunAsync(
            _script, _keys.Meta, new Call(nowMs, terms.WorkerName) { Command = Encode(outcomes, fetch, nowMs, terms) });
    }

    /// <summary>
    /// Sends a call that only takes jobs, on a connection where it may have to wait behind another command: Redis tells the time when
    /// it gets there.
    /// </summary>
    /// <param name="wire">The connection.</param>
    /// <param name="fetch">How many jobs at most.</param>
    /// <param name="aheadMs">How far the clock of this process is ahead of Redis's, ms.</param>
    /// <param name="terms">Under which they are taken.</param>
    public async Task<FinishReply> FetchBehindAsync(WireConnection wire, int fetch, double aheadMs, FetchTerms terms)
    {
        var call = new Call(0, terms.WorkerName) { Command = Encode([], fetch, Ahead(aheadMs), terms) };
        wire.Send(call);
        var reply = await call.Task.ConfigureAwait(false);
        call.Command.Release();
        return reply;
    }

    internal WireCommand Encode(IReadOnlyList<Settlement> outcomes, int fetch, long nowMs, FetchTerms terms) =>
        Encode(outcomes, fetch, nowMs.ToString(CultureInfo.InvariantCulture), terms);

    private WireCommand Encode(IReadOnlyList<Settlement> outcomes, int fetch, string now, FetchTerms terms)
    {
        const int BytesPerOutcome = 256;
        var command = _beginning.Begin(256 + (outcomes.Count * BytesPerOutcome));
        command.Add(now);
        command.Add(fetch);
        command.Add(terms.Token);
        command.Add(terms.LockDurationMs);
        command.Add(terms.WorkerName);
        command.Add(terms.LimiterMax);
        command.Add(terms.LimiterDurationMs);
        command.Add(terms.MaxMetricsSize);
        command.Add(ReplyBytes);
        command.Add(outcomes.Count);
        for (var i = 0; i < outcomes.Count; i++)
        {
            Write(command, outcomes[i]);
        }

        return command;
    }

    private static void Write(WireCommand command, Settlement outcome)
    {
        command.Add(Kind(outcome.Kind));
        command.Add(outcome.JobId);
        command.Add(outcome.Token);
        switch (outcome.Kind)
        {
            case SettlementKind.Completed:
            case SettlementKind.Failed:
                command.Add(outcome.Value.Span);
                command.Add(outcome.Keep.Count);
                command.Add(outcome.Keep.AgeSeconds);
                command.Add(outcome.Keep.Limit);
                if (outcome.Kind == SettlementKind.Failed)
                {
                    command.Add(outcome.Attempts);
                    WriteFields(command, outcome);
                }

                break;
            case SettlementKind.Delayed:
                command.Add(outcome.DelayMs);
                command.Add(outcome.CountsAttempt ? "1" : "0");
                WriteFields(command, outcome);
                break;
            case SettlementKind.Retried:
                command.Add(outcome.Lifo ? "RPUSH" : "LPUSH");
                WriteFields(command, outcome);
                break;
        }
    }

    private static void WriteFields(WireCommand command, Settlement outcome)
    {
        var count = (outcome.FailedReason is null ? 0 : 2) + (outcome.StackTraceJson is null ? 0 : 2);
        command.Add(count);
        if (outcome.FailedReason is { } reason)
        {
            command.Add("failedReason");
            command.Add(reason);
        }

        if (outcome.StackTraceJson is { } trace)
        {
            command.Add("stacktrace");
            command.Add(trace);
        }
    }

    private static string Ahead(double ms) => ms.ToString("+0.000;-0.000;+0.000", CultureInfo.InvariantCulture);

    private static string Kind(SettlementKind kind) => kind switch
    {
        SettlementKind.Completed => "completed",
        SettlementKind.Failed => "failed",
        SettlementKind.Delayed => "delayed",
        SettlementKind.Retried => "retried",
        SettlementKind.Returned => "returned",
        SettlementKind.WaitsForChildren => "children",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of settlement."),
    };

    private sealed class Call(long nowMs, string? workerName) : WireCall<FinishReply>
    {
        protected override FinishReply Read(ref WireReader reader)
        {
            var parts = reader.Array();
            var settled = new SettleReply[reader.Array()];
            for (var i = 0; i < settled.Length; i++)
            {
                var code = reader.Number();
                settled[i] = code > 0 ? new SettleReply(0, code, null) : new SettleReply((int)code, 0, null);
            }

            var jobs = new StoredJob[reader.Array()];
            for (var i = 0; i < jobs.Length; i++)
            {
                jobs[i] = JobHash.ReadTaken(ref reader, nowMs, workerName, likelyName: i > 0 ? jobs[i - 1].Name : null);
            }

            var limitedMs = reader.Number();
            var nextDueMs = reader.Number();
            string? fetchFault = null;
            for (var left = reader.Array(); left > 0; left -= 2)
            {
                var position = (int)reader.Number();
                var text = reader.Text()!;
                if (position == 0)
                {
                    fetchFault = text;
                }
                else
                {
                    settled[position - 1] = new SettleReply(FaultCode, 0, text);
                }
            }

            var readMs = parts > 5 ? reader.Number() : 0;
            for (var i = 0; readMs > 0 && i < jobs.Length; i++)
            {
                jobs[i].ProcessedOn = readMs;
            }

            return new FinishReply(settled, jobs, limitedMs, nextDueMs, fetchFault, readMs);
        }
    }
}
