using System.Globalization;

namespace Jamail.Interop.Tests.Differential;

/// <summary>One group beside the single calls it stands for (BullMQ's own scripts).</summary>
internal sealed class GroupCase(DifferentialRig rig, Random random)
{
    private const string Prefix = "bull:q:";
    private const string FetchToken = CallMaker.Token;
    private const long LockMs = 600_000;
    private const long NothingToWaitFor = -101;

    private static readonly string[] TakenFields =
    [
        "name", "data", "opts", "timestamp", "delay", "priority", "atm", "attemptsMade", "ats", "stc", "defa",
        "failedReason", "stacktrace", "progress", "parentKey", "rjk",
    ];

    private readonly List<object?> _arguments = [];
    private readonly List<Outcome> _outcomes = [];
    private Map? _sharedKeep;

    private sealed record Outcome(string Kind, string Id, string Token, Func<bool, ScriptCall> Single);

    /// <summary>Chooses outcomes and how many jobs to take; replies what tells how a text differs from the single calls.</summary>
    public Func<string, string> Prepare(IReadOnlyList<object?> state, QueueView view, long now, int mostOutcomes)
    {
        var terms = Terms();
        ChooseOutcomes(view, now, terms, mostOutcomes);
        var wanted = random.Next(4) == 0 ? 0 : random.Next(1, 12);
        var group = GroupCall(now, wanted, terms);
        var expected = PlaySingles(state, now, wanted, terms);
        return text =>
        {
            var found = rig.Play(state, [(text, group)], jsonByValue: true);
            var difference = expected.State.Compare(found.State) + CompareReplies(expected, found);
            return difference.Length == 0 ? "" : $"--- {group}\n{difference}";
        };
    }

    /// <summary>How many outcomes the group has.</summary>
    public int Size => _outcomes.Count;

    private static List<string> Keys(string suffixes) => [.. suffixes.Split(' ').Select(suffix => Prefix + suffix)];

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private Map Terms()
    {
        var terms = new Map { ["token"] = FetchToken, ["lockDuration"] = LockMs };
        if (random.Next(5) == 0)
        {
            terms["limiter"] = new Map { ["max"] = Pick(1, 3, 100), ["duration"] = 120_000 };
        }

        if (random.Next(3) == 0)
        {
            terms["name"] = "host-a";
        }

        return terms;
    }

    private void ChooseOutcomes(QueueView view, long now, Map terms, int most)
    {
        var maxMetrics = Pick("", "3", "100");
        _arguments.Add(maxMetrics);
        _sharedKeep = random.Next(2) == 0 ? Keep() : null;
        var ids = view.Of("active").Reverse().Take(most).ToList();
        if (random.Next(3) > 0)
        {
            ids = [.. ids.OrderBy(_ => random.Next())];
        }

        foreach (var id in ids.Concat(random.Next(4) == 0 ? ["nobody", .. ids.Take(1)] : Array.Empty<string>()))
        {
            _outcomes.Add(Choose(id, now, terms, maxMetrics));
        }
    }

    private Outcome Choose(string id, long now, Map terms, string maxMetrics)
    {
        var token = random.Next(12) == 0 ? "another:8" : CallMaker.Token;
        var job = Prefix + id;
        switch (random.Next(11))
        {
            case < 5:
                return Finished("completed", "returnvalue", "{\"ok\":1}", id, token, now, terms, maxMetrics);
            case < 7:
                return Finished("failed", "failedReason", "it failed", id, token, now, terms, maxMetrics);
            case 7:
                var (delay, skips) = (Pick("0", "60000", "1500.5"), random.Next(2));
                var (count, fields, packed) = Fields();
                _arguments.AddRange(["delayed", id, token, delay, 1 - skips, count, .. fields]);
                return new Outcome("delayed", id, token, fetches => new ScriptCall(
                    "moveToDelayed",
                    [.. Keys("marker active prioritized delayed"), job, .. Keys("events meta stalled wait limiter pc")],
                    [Prefix, now, id, token, delay, skips, packed, fetches ? "1" : "0", fetches ? Packed.Of(terms) : ""]));
            case 8:
                var push = Pick("LPUSH", "RPUSH");
                var (number, values, bytes) = Fields();
                _arguments.AddRange(["retried", id, token, push, number, .. values]);
                return new Outcome("retried", id, token, _ => new ScriptCall(
                    "retryJob",
                    [.. Keys("active wait paused"), job, .. Keys("meta events delayed prioritized pc marker stalled")],
                    [Prefix, now, push, id, token, bytes]));
            case 9:
                _arguments.AddRange(["children", id, token]);
                return new Outcome("children", id, token, _ => new ScriptCall(
                    "moveToWaitingChildren",
                    [.. Keys("active waiting-children"), job, job + ":dependencies", job + ":unsuccessful", .. Keys("stalled events")],
                    [token, "", now, id, Prefix]));
            default:
                _arguments.AddRange(["returned", id, token]);
                return new Outcome("returned", id, token, _ => new ScriptCall(
                    "moveJobFromActiveToWait", Keys("active wait stalled paused meta limiter prioritized marker events"),
                    [id, token, job]));
        }
    }

    private Map Keep()
    {
        var keep = new Map();
        void Maybe(string name, params object[] choices)
        {
            if (random.Next(3) > 0)
            {
                keep[name] = Pick(choices);
            }
        }

        Maybe("count", -1, 0, 1, 2, 5);
        Maybe("age", 0, 20, 3600);
        Maybe("limit", 1, 2, 1000);
        return keep;
    }

    private Outcome Finished(
        string target, string field, string value, string id, string token, long now, Map terms, string maxMetrics)
    {
        var keep = _sharedKeep ?? Keep();
        var attempts = random.Next(4);
        object Said(string name) => keep.Pairs.FirstOrDefault(pair => pair.Key == name).Value ?? "";
        _arguments.AddRange([target, id, token, value, Said("count"), Said("age"), Said("limit")]);
        object? packed = "";
        if (target == "failed")
        {
            (var count, var fields, packed) = Fields();
            _arguments.AddRange([attempts, count, .. fields]);
        }

        var own = new Map { ["token"] = token, ["keepJobs"] = keep, ["attempts"] = attempts };
        own["maxMetricsSize"] = maxMetrics.Length == 0 ? "" : int.Parse(maxMetrics, CultureInfo.InvariantCulture);
        foreach (var (name, item) in terms.Pairs.Where(pair => pair.Key != "token"))
        {
            own[name] = item;
        }

        return new Outcome(target, id, token, fetches => new ScriptCall(
            "moveToFinished",
            [
                .. Keys("wait active prioritized events stalled limiter delayed paused meta pc"), Prefix + target,
                Prefix + id, Prefix + "metrics:" + target, Prefix + "marker",
            ],
            [id, now, field, value, target, fetches ? "1" : "0", Prefix, Packed.Of(own), packed]));
    }

    private (int Count, object?[] Fields, object? Packed) Fields() => random.Next(2) == 0
        ? (0, [], "")
        : (2, ["failedReason", "why"], Packed.Of(new List<object?> { "failedReason", "why" }));

    private ScriptCall GroupCall(long now, int wanted, Map terms)
    {
        var limiter = terms["limiter"] as Map;
        return new ScriptCall(
            "finishJobs",
            Keys("wait active prioritized events stalled limiter delayed paused meta pc completed failed marker id metrics:completed metrics:failed"),
            [
                Prefix, now, wanted, FetchToken, LockMs, terms["name"] ?? "", limiter?["max"] ?? "", limiter?["duration"] ?? "",
                _arguments[0], 1 << 20, _outcomes.Count, .. _arguments.Skip(1),
            ]);
    }

    private Played PlaySingles(IReadOnlyList<object?> state, long now, int wanted, Map terms)
    {
        var codes = new List<object?>();
        var jobs = new List<object?>();
        rig.Restore(state);
        var started = rig.ServerMs();
        var ended = wanted == 0;
        var last = _outcomes.Count - 1;
        for (var i = 0; i <= last; i++)
        {
            var outcome = _outcomes[i];
            var fetches = i == last && wanted > 0 && outcome.Kind is not ("retried" or "returned" or "children");
            var reply = rig.RunOracle(outcome.Single(fetches));
            if (fetches && reply is List<object?> answer)
            {
                codes.Add(0L);
                Take(jobs, answer);
            }
            else
            {
                codes.Add(reply is RespError ? -100L : outcome.Kind == "children" && reply is 1L ? NothingToWaitFor : reply);
            }
        }

        // Also where that call found nothing: it stops at an old marker, and moveToActive goes on behind it, as the group does.
        while (!ended && jobs.Count < wanted)
        {
            var call = new ScriptCall(
                "moveToActive", Keys("wait active prioritized events stalled limiter delayed paused meta pc marker"),
                [Prefix, now, Packed.Of(terms)]);
            ended = !Take(jobs, (List<object?>)rig.RunOracle(call)!);
        }

        return new Played(codes, jobs, rig.Read(started));
    }

    private static bool Take(List<object?> jobs, List<object?> answer)
    {
        if (answer[0] is not List<object?> fields)
        {
            return false;
        }

        var byName = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i += 2)
        {
            byName[(string)fields[i]!] = fields[i + 1];
        }

        jobs.Add(new List<object?>([.. TakenFields.Select(field => byName.GetValueOrDefault(field)), answer[1]]));
        return true;
    }

    private static string CompareReplies(Played expected, (List<object?> Replies, Snapshot State) found)
    {
        if (found.Replies[0] is not List<object?> reply)
        {
            return $"reply {(found.Replies[0] as RespError)?.Text}\n";
        }

        foreach (List<object?> job in ((List<object?>)reply[1]!).Cast<List<object?>>())
        {
            job[8] = ((long)job[8]!).ToString(CultureInfo.InvariantCulture);
        }

        var elapsed = found.State.ServerMs - expected.State.ServerMs;
        var text = ReplyText.Same(expected.Codes, reply[0], elapsed, expected.State.TookMs + found.State.TookMs)
            ? ""
            : $"codes expected {ReplyText.Of(expected.Codes)}, found {ReplyText.Of(reply[0])} {ReplyText.Of(reply[4])}\n";
        return ReplyText.Same(expected.Jobs, reply[1], null, 0)
            ? text
            : text + $"jobs expected {ReplyText.Of(expected.Jobs)}\n     found    {ReplyText.Of(reply[1])}\n";
    }

    private sealed record Played(List<object?> Codes, List<object?> Jobs, Snapshot State);
}
