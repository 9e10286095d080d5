namespace Jamail.Bench;

/// <summary>The commands that the group scripts give for plain jobs, without the scripts.</summary>
internal sealed class PlainCommands(string queue, string payload)
{
    private const string Now = "1700000000000";
    private const string Token = "00000000-0000-0000-0000-000000000000:1";

    public PipelineGroup Adds(string[] ids)
    {
        var group = new PipelineGroup();
        group.Add("HMGET", Key("meta"), "paused", "concurrency", "max", "duration", "opts.maxLenEvents", "version");
        group.Add("INCRBY", Key("id"), $"{ids.Length}");
        foreach (var id in ids)
        {
            group.Add(
                "HSET", Key(id), "name", BenchPayload.JobName, "data", payload, "opts", "{}", "timestamp", Now, "delay", "0", "priority", "0");
            group.Add("XADD", Key("events"), "MAXLEN", "~", "10000", "*", "event", "added", "jobId", id, "name", BenchPayload.JobName);
            group.Add("XADD", Key("events"), "*", "event", "waiting", "jobId", id);
        }

        group.Add(["LPUSH", Key("wait"), .. ids]);
        group.Add("ZADD", Key("marker"), "0", "0");
        return group;
    }

    public PipelineGroup Finishes(string[] ids, string[] next)
    {
        var group = new PipelineGroup();
        if (ids.Length > 0)
        {
            Settle(group, ids);
        }

        if (next.Length > 0)
        {
            Take(group, next);
        }

        return group;
    }

    private void Settle(PipelineGroup group, string[] ids)
    {
        group.Add(["EXISTS", .. ids.SelectMany(id => (string[])[Key(id + ":dependencies"), Key(id + ":unsuccessful")])]);
        group.Add(["MGET", .. ids.Select(id => Key(id + ":lock"))]);
        group.Add("XTRIM", Key("events"), "MAXLEN", "~", "10000");
        foreach (var id in ids)
        {
            group.Add("HMGET", Key(id), "parentKey", "parent", "deid", "atm", "ats");
            group.Add("LREM", Key("active"), "-1", id);
            group.Add("HSET", Key(id), "atm", "1", "returnvalue", "null", "finishedOn", Now);
            group.Add("XADD", Key("events"), "*", "event", "completed", "jobId", id, "returnvalue", "null", "prev", "active");
        }

        group.Add(["ZADD", Key("completed"), .. ids.SelectMany(static id => (string[])[Now, id])]);
        group.Add(["DEL", .. ids.Select(id => Key(id + ":lock"))]);
        group.Add(["SREM", Key("stalled"), .. ids]);
    }

    private void Take(PipelineGroup group, string[] ids)
    {
        group.Add("HMGET", Key("meta"), "paused", "concurrency", "max", "duration", "opts.maxLenEvents", "version");
        group.Add("ZRANGEBYSCORE", Key("delayed"), "0", "1", "LIMIT", "0", "1000");
        group.Add("RPOP", Key("wait"), $"{ids.Length}");
        group.Add(["LPUSH", Key("active"), .. ids]);
        foreach (var id in ids)
        {
            group.Add(
                "HMGET", Key(id), "name", "data", "opts", "timestamp", "delay", "priority", "atm", "attemptsMade", "ats", "stc", "defa",
                "failedReason", "stacktrace", "progress", "parentKey", "rjk", "id");
            group.Add("SET", Key(id + ":lock"), Token, "PX", "30000");
            group.Add("XADD", Key("events"), "*", "event", "active", "jobId", id, "prev", "waiting");
            group.Add("HSET", Key(id), "processedOn", Now, "ats", "1");
        }

        group.Add("ZADD", Key("marker"), "0", "0");
    }

    private string Key(string suffix) => $"bull:{queue}:{suffix}";
}
