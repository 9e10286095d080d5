using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The scripts of schedulers. A refusal is a <see cref="JobQueueException"/>.</summary>
internal sealed class Schedulers(Func<IDatabaseAsync> database, ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _add = runner.Scripts["addJobScheduler"];
    private readonly LuaScript _restore = runner.Scripts["restoreSchedulerJob"];
    private readonly LuaScript _get = runner.Scripts["getJobScheduler"];
    private readonly LuaScript _remove = runner.Scripts["removeJobScheduler"];

    /// <param name="record">As it is to stand in Redis.</param>
    /// <param name="nextMs">When the next job is due; null lets the script reckon it, for equal distances.</param>
    /// <param name="template">Options of all its jobs.</param>
    /// <param name="options">Options of the next one.</param>
    /// <param name="nowMs">Now.</param>
    /// <returns>The next job and how long it waits.</returns>
    public async Task<(string JobId, long DelayMs)> AddAsync(
        SchedulerRecord record, long? nextMs, byte[] template, byte[] options, long nowMs)
    {
        RedisKey[] scriptKeys =
        [
            keys.Repeat, keys.Delayed, keys.Wait, keys.Paused, keys.Meta, keys.Prioritized, keys.Marker, keys.Id, keys.Events,
            keys.PriorityCounter, keys.Active,
        ];
        RedisValue[] arguments =
        [
            Arguments.Optional(nextMs), Pack(record), record.Id, record.Data, template, options, nowMs, keys.Base, Arguments.None,
        ];
        var reply = await runner.RunAsync(_add, scriptKeys, arguments).ConfigureAwait(false);
        try
        {
            var items = (RedisResult[])reply!;
            return ((string)items[0]!, (long)items[1]);
        }
        catch (InvalidCastException)
        {
            // A number alone is a refusal.
            throw SchedulerErrors.Refused((int)reply, keys.Queue, record.Id);
        }
    }

    /// <summary>Makes a job for a scheduler whose newest one is not there any more.</summary>
    /// <returns>False when the scheduler has moved on meanwhile.</returns>
    public async Task<bool> RestoreAsync(SchedulerRecord record, long nextMs, byte[] options, long nowMs)
    {
        RedisKey[] scriptKeys =
        [
            keys.Repeat, keys.Delayed, keys.Wait, keys.Paused, keys.Meta, keys.Prioritized, keys.Marker, keys.Id, keys.Events,
            keys.PriorityCounter, keys.Active,
        ];
        var reply = await runner.RunAsync(_restore, scriptKeys, [record.Id, record.Next, nextMs, options, nowMs, keys.Base])
            .ConfigureAwait(false);
        return (long)reply == 1;
    }

    public async Task<SchedulerRecord?> GetAsync(string id)
    {
        var items = (RedisResult[])(await runner.RunAsync(_get, [keys.Repeat], [id]).ConfigureAwait(false))!;
        return items.Length == 0 ? null : Read(id, (RedisValue[])items[0]!, (string)items[1]!);
    }

    /// <summary>Schedulers by their next run, as ids and scores.</summary>
    public Task<SortedSetEntry[]> RangeAsync(long start, long end) =>
        database().SortedSetRangeByRankWithScoresAsync(keys.Repeat, start, end);

    public Task<long> CountAsync() => database().SortedSetLengthAsync(keys.Repeat);

    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string id)
    {
        var reply = await runner.RunAsync(_remove, [keys.Repeat, keys.Delayed, keys.Events], [id, keys.Base]).ConfigureAwait(false);
        return (long)reply == 0;
    }

    private static SchedulerRecord Read(string id, RedisValue[] fields, string next)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index + 1 < fields.Length; index += 2)
        {
            values[fields[index]!] = fields[index + 1]!;
        }

        return new SchedulerRecord
        {
            Id = id,
            Next = next,
            Name = values.GetValueOrDefault("name"),
            Pattern = values.GetValueOrDefault("pattern"),
            TimeZone = values.GetValueOrDefault("tz"),
            EveryMs = (long?)LenientText.Number(values.GetValueOrDefault("every")),
            OffsetMs = (long?)LenientText.Number(values.GetValueOrDefault("offset")),
            StartMs = LenientText.Time(values.GetValueOrDefault("startDate")),
            EndMs = LenientText.Time(values.GetValueOrDefault("endDate")),
            Limit = (long?)LenientText.Number(values.GetValueOrDefault("limit")),
            Data = values.GetValueOrDefault("data"),
            Template = values.GetValueOrDefault("opts"),
            Iterations = (long?)LenientText.Number(values.GetValueOrDefault("ic")),
        };
    }

    private static byte[] Pack(SchedulerRecord record)
    {
        (string Name, long? Value)[] numbers =
        [
            ("startDate", record.StartMs), ("endDate", record.EndMs), ("every", record.EveryMs), ("limit", record.Limit),
            ("offset", record.OffsetMs),
        ];
        (string Name, string? Value)[] texts = [("name", record.Name), ("tz", record.TimeZone), ("pattern", record.Pattern)];
        var writer = new MsgPackWriter(128);
        writer.Map(numbers.Count(pair => pair.Value is not null) + texts.Count(pair => pair.Value is not null));
        foreach (var (name, value) in texts.Where(pair => pair.Value is not null))
        {
            writer.Text(name);
            writer.Text(value);
        }

        foreach (var (name, value) in numbers.Where(pair => pair.Value is not null))
        {
            writer.Text(name);
            writer.Number(value!.Value);
        }

        return writer.ToArray();
    }
}
