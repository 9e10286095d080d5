namespace Jamail.Interop.Tests.Differential;

/// <summary>One comparison with 5.81.5, on a state that its own scripts made.</summary>
internal static class FiveCase
{
    private const string Meta = "bull:q:meta";
    private const string MaxEvents = "opts.maxLenEvents";

    // Whether something in the two queues is treated otherwise by 6.7.0, and so by us.
    private const string Facts = """
        local function any(pattern, test)
          for _, key in ipairs(redis.call('KEYS', pattern)) do
            if test(key) then return 1 end
          end
          return 0
        end
        local function isJob(key) return redis.call('TYPE', key).ok == 'hash' end
        local facts = {}
        for _, prefix in ipairs(ARGV) do
          local function stale(key)
            return redis.call('PTTL', key) == -1 and redis.call('EXISTS', prefix .. redis.call('GET', key)) == 0
          end
          local function fails(key) return isJob(key) and redis.call('HEXISTS', key, 'defa') == 1 end
          local function orphan(key)
            local parent = isJob(key) and redis.call('HGET', key, 'parentKey')
            return parent and redis.call('EXISTS', parent) == 0
          end
          facts[#facts + 1] = any(prefix .. 'de:*', stale)
          facts[#facts + 1] = redis.call('KEYS', prefix .. 'dn:*')[1] and 1 or 0
          facts[#facts + 1] = any(prefix .. '*', fails)
          facts[#facts + 1] = any(prefix .. '*', orphan)
          local paused = redis.call('HEXISTS', prefix .. 'meta', 'paused') == 1
          facts[#facts + 1] = redis.call('EXISTS', prefix .. (paused and 'wait' or 'paused'))
          facts[#facts + 1] = redis.call('EXISTS', prefix .. 'wait')
        end
        return facts
        """;

    public static Func<string, string>? Prepare(DifferentialRig rig, string script, int number)
    {
        var random = new Random(Seeds.Of("5 " + script, number));
        var histories = new Histories(rig);
        var now = histories.Live(random, script);
        histories.Prepare(script, random, now);
        var call = rig.MakerFor(random, now).Make(script);
        if (Excluded(rig, call))
        {
            return null;
        }

        if (IsDeduplicated(call) && rig.Redis.Call("HGET", Meta, MaxEvents) is not null)
        {
            // 5.81.5's `debounced` counts, so that it trims older events one add sooner: with room for all of them nothing differs.
            rig.Redis.Call("HSET", Meta, MaxEvents, 10_000);
        }

        var state = rig.Save();
        var expected = rig.PlayOracle(state, call);
        expected.State.DropEvents("debounced");
        if (call.Script == "pause" && expected.Replies[0] is null)
        {
            expected.Replies[0] = 0L;
        }

        return text =>
        {
            var found = rig.Play(state, [(text, call)]);
            found.State.DropEvents("debounced");
            return NamedScriptCase.Difference(call, number, expected, found);
        };
    }

    // An add whose first argument names a deduplication key.
    private static bool IsDeduplicated(ScriptCall call) =>
        call.Script is "addStandardJob" or "addDelayedJob" or "addPrioritizedJob" or "addParentJob"
        && ((byte[])call.Arguments[0]!).AsSpan().IndexOf("bull:q:de:"u8) >= 0;

    private static bool Excluded(DifferentialRig rig, ScriptCall call)
    {
        var facts = ((List<object?>)rig.Redis.Call("EVAL", Facts, 0, "bull:q:", "bull:p:")!).Cast<long>().ToList();
        bool Any(int fact) => facts[fact] + facts[fact + 6] > 0;
        var (stale, keptNext, fails, orphan, isMixed, waits) = (Any(0), Any(1), Any(2), Any(3), Any(4), Any(5));
        return call.Script switch
        {
            "addStandardJob" or "addDelayedJob" or "addPrioritizedJob" or "addParentJob" => stale || keptNext || orphan,
            "moveToActive" => fails,
            "moveToFinished" or "moveToDelayed" => fails || NamedScriptCase.Excluded(rig, call),
            "reprocessJob" => rig.Redis.Call("HGET", call.Keys[0], "priority") is string and not "0",
            "moveJobsToWait" => (string)call.Arguments[2]! != "delayed" && HasChildren(rig, call.Keys[2]),
            "pause" => isMixed || ((string)call.Arguments[0]! == "resumed" && waits) || (string)call.Arguments[1]! == "0",
            "getCounts" => call.Arguments[0] is not string,
            "changePriority" or "addJobScheduler" or "getCountsPerPriority" or "obliterate" => isMixed,
            _ => NamedScriptCase.Excluded(rig, call),
        };
    }

    private static bool HasChildren(DifferentialRig rig, string set) =>
        ((List<object?>)rig.Redis.Call("ZRANGE", set, 0, -1)!)
            .Any(id => rig.Redis.Call("HGET", set[..(set.LastIndexOf(':') + 1)] + id, "parentKey") is not null);
}
