namespace Jamail.Interop.Tests.Differential;

/// <summary>Makes calls with arguments that fit the state, and now and then ones that do not.</summary>
internal sealed partial class CallMaker(
    Random random, QueueView main, QueueView parents, long now, Theme theme, bool onlyMain = false)
{
    public const string Token = "worker:1";

    public const long Start = 1_700_000_000_000;

    private const long LockMs = 600_000;

    private QueueView Queue { get; } = !onlyMain && random.Next(5) == 0 ? parents : main;

    private string P => Queue.Prefix;

    public static IReadOnlyDictionary<string, string> AddKeys { get; } = new Dictionary<string, string>
    {
        ["addStandardJob"] = "wait paused meta id completed delayed active events marker",
        ["addDelayedJob"] = "marker meta id delayed completed events",
        ["addPrioritizedJob"] = "marker meta id prioritized delayed completed active events pc",
        ["addParentJob"] = "meta id delayed waiting-children completed events",
    };

    public ScriptCall Make(string script) => script switch
    {
        _ when AddKeys.TryGetValue(script, out var keys) => Add(script, keys),
        "releaseParentIfNoPendingDependencies" => ReleaseParent(),
        "addJobScheduler" => AddScheduler(),
        "updateJobScheduler" => UpdateScheduler(),
        "getJobScheduler" => Call(script, Keys("repeat"), SchedulerId()),
        "removeJobScheduler" => Call(script, Keys("repeat delayed events"), SchedulerId(), P),
        "moveToActive" => Call(
            script, Keys("wait active prioritized events stalled limiter delayed paused meta pc marker"), P, now, PackedTerms(Terms())),
        "extendLock" => ExtendLock(),
        "extendLocks" => ExtendLocks(),
        "releaseLock" => Call(script, [Job(Id("active")) + ":lock"], AnyToken(), "x"),
        "moveStalledJobsToWait" => Call(
            script, Keys("stalled wait active stalled-check meta paused marker events repeat"), Pick(0, 1, 2), P, now, 60_000),
        "moveToFinished" => Finish(),
        "moveToDelayed" => Delay(),
        "retryJob" => Retry(),
        "moveJobFromActiveToWait" => Return(),
        "moveToWaitingChildren" => AwaitChildren(),
        _ => MakeMaintenance(script),
    };

    private static ScriptCall Call(string script, IReadOnlyList<string> keys, params object?[] arguments) =>
        new(script, keys, arguments);

    private List<string> Keys(string suffixes) => [.. suffixes.Split(' ').Select(suffix => P + suffix)];

    private string Job(string id) => P + id;

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>An id of the state, or sometimes of another, or of none.</summary>
    private string Id(string state)
    {
        if (Chance(88) && Queue.Of(state) is { Count: > 0 } fitting)
        {
            return fitting[random.Next(fitting.Count)];
        }

        if (Chance(70))
        {
            var all = AllIds(Queue);
            if (all.Count > 0)
            {
                return all[random.Next(all.Count)];
            }
        }

        return Pick("nobody", "1", "job-1");
    }

    private static List<string> AllIds(QueueView queue) =>
    [
        .. new[] { "wait", "paused", "active", "prioritized", "delayed", "waiting-children", "completed", "failed" }
            .SelectMany(queue.Of)
            .Where(id => !id.StartsWith("0:", StringComparison.Ordinal)),
    ];

    private string AnyToken() => Chance(85) ? Token : Pick("0", "another:7");

    private Map Terms()
    {
        var terms = new Map { ["token"] = AnyToken() is "another:7" ? Token : Pick(Token, Token, Token, "0"), ["lockDuration"] = LockMs };
        if (Chance(30))
        {
            var limiter = new Map { ["max"] = Pick(1, 2, 100) };
            if (Chance(85))
            {
                limiter["duration"] = Pick<object>(120_000, 90_000.75, -100_000);
            }

            terms["limiter"] = limiter;
        }

        if (Chance(30))
        {
            terms["name"] = "host-a";
        }

        return terms;
    }

    private object? Fields() => Chance(50)
        ? ""
        : Packed.Of(new List<object?> { "failedReason", "it failed", "stacktrace", "[\"at x\"]" });

    private static byte[] PackedTerms(Map terms) => Packed.Of(terms);
}
