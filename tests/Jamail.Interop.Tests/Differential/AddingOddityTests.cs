using Jamail.Queueing;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Oddities of BullMQ's scripts for producers and schedulers (CONTRACT.md), each seen in both implementations.</summary>
public sealed class AddingOddityTests(DifferentialRig rig) : OddityTest(rig), IClassFixture<DifferentialRig>
{
    private const string AddKeys = "wait paused meta id completed delayed active events marker";
    private const string SchedulerKeys = "repeat delayed wait paused meta prioritized marker id events pc active";

    [Fact]
    public void An_upsert_under_a_pause_leaves_the_pending_job_beside_the_new_one_and_replaces_it_with_our_own_layouts()
    {
        Given("HSET @meta paused 1");
        Upsert(every: 60_000, Now);
        Assert.Equal($"repeat:s:{Now}", List("wait"));
        var again = UpsertArguments(every: 60_000, Now + 10);
        Each(
            "addJobScheduler", SchedulerKeys, again,
            bullmq: _ => Assert.Equal($"repeat:s:{Now} repeat:s:{Now + 60_000}", $"{List("wait")} {Members("delayed")}"),
            ours: _ => Assert.Equal($"repeat:s:{Now}", $"{List("wait")}{Members("delayed")}"),
            PausedLayout.Auto);
        Given("HSET @meta paused 1");
        Upsert(every: 60_000, Now);
        Both("addJobScheduler", SchedulerKeys, again);
    }

    [Fact]
    public void A_changed_interval_keeps_the_old_offset_when_the_pending_job_gives_way()
    {
        Given("PING");
        Upsert(every: 1_000, Now + 123);
        Assert.Equal("123", Field("repeat:s", "offset"));
        Upsert(every: 60_000, Now + 456);
        Assert.Equal("60000", Field("repeat:s", "every"));
        Assert.Equal("123", Field("repeat:s", "offset"));
    }

    [Fact]
    public void A_new_iteration_by_pattern_merges_over_a_finished_job_when_the_pending_one_gave_way()
    {
        Given($$"""
            HSET @repeat:s:{{Now + 60_000}} name old returnvalue 1
            ZADD @completed 1 repeat:s:{{Now + 60_000}}
            """);
        ByPattern(Now + 30_000);
        ByPattern(Now + 60_000);
        var id = $"repeat:s:{Now + 60_000}";
        Assert.Equal(id, Members("delayed"));
        Assert.Equal(id, Members("completed"));
        Assert.Equal("tick 1", $"{Field(id, "name")} {Field(id, "returnvalue")}");
    }

    [Fact]
    public void The_next_iteration_stores_no_offset()
    {
        Given($"""
            ZADD @repeat {Now} s
            HSET @repeat:s name tick every 60000 ic 1
            """);
        var options = Pack(MapOf(("repeat", MapOf(("offset", 5)))));
        Assert.Equal($"repeat:s:{Now + 60_000}", Both(
            "updateJobScheduler", "repeat delayed wait paused meta prioritized marker id events pc nobody active", "", "s", "{}", options,
            Now, P, $"repeat:s:{Now}"));
        Assert.Null(Field("repeat:s", "offset"));
    }

    [Fact]
    public void A_failed_job_added_as_a_child_counts_as_open_and_a_completed_one_without_a_value_aborts_after_the_counter_moved()
    {
        Given("""
            HSET @p name p
            HSET @f name f
            ZADD @failed 1 f
            HSET @c name c
            ZADD @completed 1 c
            """);
        Assert.Equal("f", Add(id: "f", parent: "p"));
        Assert.Equal("bull:q:f", Joined(Redis.Call("SMEMBERS", P + "p:dependencies")));
        Assert.IsType<RespError>(Add(id: "c", parent: "p"));
        Assert.Equal("2", Text("id"));
    }

    [Fact]
    public void Replacing_tells_nobody_when_the_owner_is_not_delayed()
    {
        Given("""
            HSET @1 name a
            LPUSH @wait 1
            SET @de:d 1
            """);
        Assert.Equal("1", Add(id: "", deduplication: MapOf(("id", "d"), ("replace", true))));
        Assert.Equal("", Events());
    }

    [Fact]
    public void Jobs_due_in_one_millisecond_keep_their_order_4096_times_and_after_2039_not_at_all()
    {
        Given($"ZADD @delayed {(Now * 4096) + 4094} a");
        Delay("b");
        Delay("c");
        Assert.Equal(Redis.Call("ZSCORE", P + "delayed", "b"), Redis.Call("ZSCORE", P + "delayed", "c"));
        Assert.NotEqual(Redis.Call("ZSCORE", P + "delayed", "a"), Redis.Call("ZSCORE", P + "delayed", "b"));
        const long Later = 2_300_000_000_001;
        Delay("d", Later);
        Delay("e", Later);
        Assert.Equal(Redis.Call("ZSCORE", P + "delayed", "d"), Redis.Call("ZSCORE", P + "delayed", "e"));
    }

    private object? Add(string id, string? parent = null, Map? deduplication = null)
    {
        var options = new Map();
        if (deduplication is not null)
        {
            options["de"] = deduplication;
        }

        var parentKey = parent is null ? null : P + parent;
        return Both("addStandardJob", AddKeys, Pack(new List<object?>
        {
            P, id, "name", Now, parentKey, parentKey is null ? null : parentKey + ":dependencies",
            parent is null ? null : MapOf(("id", parent), ("queueKey", "bull:q")), null, deduplication is null ? null : P + "de:d", null,
        }), "{}", Pack(options));
    }

    private void Delay(string id, long due = Now) => Both(
        "addDelayedJob", "marker meta id delayed completed events",
        Pack(new List<object?> { P, id, "name", due - 1, null, null, null, null, null, null }), "{}", Pack(MapOf(("delay", 1))));

    private void Upsert(int every, long now) => Both("addJobScheduler", SchedulerKeys, UpsertArguments(every, now));

    private static object?[] UpsertArguments(int every, long now) =>
    [
        "", Pack(MapOf(("name", "tick"), ("every", every))), "s", "{}", Pack(new Map()),
        Pack(MapOf(("repeat", MapOf(("count", 1))))), now, P, "",
    ];

    private void ByPattern(long next) => Both(
        "addJobScheduler", SchedulerKeys, next, Pack(MapOf(("name", "tick"), ("pattern", "* * * * *"))), "s", "{}", Pack(new Map()),
        Pack(MapOf(("repeat", MapOf(("count", 1))))), Now, P, "");
}
