namespace Jamail.Interop.Tests.Differential;

/// <summary>
/// Traps for those who build on the scripts (docs/wire/hazards.md): each holds for BullMQ's text and for ours, unless it says otherwise.
/// </summary>
public sealed class HazardTests(DifferentialRig rig) : OddityTest(rig), IClassFixture<DifferentialRig>
{
    private const string FinishKeys = "wait active prioritized events stalled limiter delayed paused meta pc";
    private const string UpdateKeys = "repeat delayed wait paused meta prioritized marker id events pc nobody active";

    private static readonly byte[] Terms = Pack(MapOf(("token", Token), ("lockDuration", 600_000)));

    [Fact]
    public void A_job_tried_again_at_once_goes_behind_those_that_wait_and_keeps_its_old_reason_and_time()
    {
        Given($"""
            HSET @1 name a priority 0 processedOn 5
            HSET @2 name b
            LPUSH @active 1
            SET @1:lock {Token}
            LPUSH @wait 2
            """);
        Assert.Equal(0L, Both(
            "retryJob", "active wait paused 1 meta events delayed prioritized pc marker stalled", P, Now, "LPUSH", "1", Token,
            Pack(new List<object?> { "failedReason", "why" })));
        Assert.Equal("1 2", List("wait"));
        Assert.Equal("why 5", $"{Field("1", "failedReason")} {Field("1", "processedOn")}");
    }

    [Fact]
    public void A_due_job_goes_behind_those_that_wait_though_it_is_lifo()
    {
        Given($$"""
            HSET @1 name a opts {"lifo":true}
            HSET @2 name b
            ZADD @delayed {{Now * 4096}} 1
            LPUSH @wait 2
            """);
        var taken = (List<object?>)Both(
            "moveToActive", "wait active prioritized events stalled limiter delayed paused meta pc marker", P, Now, Terms)!;
        Assert.Equal("2", taken[1]);
        Assert.Equal("1", List("wait"));
    }

    [Fact]
    public void A_stalled_job_goes_to_the_waiting_list_whatever_its_priority()
    {
        Given("""
            HSET @1 name a priority 9
            LPUSH @active 1
            SADD @stalled 1
            """);
        Assert.Equal("1", Joined(Both(
            "moveStalledJobsToWait", "stalled wait active stalled-check meta paused marker events repeat", 1, P, Now, 60_000)));
        Assert.Equal("1", List("wait"));
    }

    [Fact]
    public void Without_a_policy_the_failure_of_a_child_leaves_its_parent_waiting()
    {
        const string Link = """{"id":"p","queueKey":"bull:q"}""";
        Given($"""
            HSET @p name p
            HSET @1 name a parentKey bull:q:p parent {Link}
            SADD @p:dependencies bull:q:1
            ZADD @waiting-children 1 p
            LPUSH @active 1
            SET @1:lock {Token}
            """);
        Assert.Equal(0L, Finish("failed", MapOf(("count", -1))));
        Assert.Equal("p", Members("waiting-children"));
        Assert.Equal("bull:q:1", Joined(Redis.Call("SMEMBERS", P + "p:dependencies")));
    }

    [Fact]
    public void An_iteration_that_is_taken_twice_makes_one_successor()
    {
        Given($"""
            ZADD @repeat {Now} s
            HSET @repeat:s name tick every 60000 offset 0 ic 1
            """);
        object? Next() => Both("updateJobScheduler", UpdateKeys, "", "s", "{}", Pack(new Map()), Now, P, $"repeat:s:{Now}");
        Assert.Equal($"repeat:s:{Now + 60_000}", Next());
        Assert.Null(Next());
        Assert.Equal("2", Field("repeat:s", "ic"));
    }

    [Theory, InlineData(5, 5), InlineData(32, 32), InlineData(33, -11)]
    public void A_scheduler_steps_over_taken_slots_up_to_32_of_them(int taken, int expected)
    {
        Given(string.Join('\n', Enumerable.Range(0, taken).Select(i => $"HSET @repeat:s:{Now + (i * 1000)} name taken")));
        var reply = Both(
            "addJobScheduler", "repeat delayed wait paused meta prioritized marker id events pc active", "",
            Pack(MapOf(("name", "tick"), ("every", 1000))), "s", "{}", Pack(new Map()), Pack(new Map()), Now, P, "");
        Assert.Equal(expected < 0 ? "-11" : $"repeat:s:{Now + (expected * 1000)}", reply is List<object?> made ? made[0] : $"{reply}");
    }

    [Fact]
    public void A_deduplication_key_of_a_lost_job_blocks_nobody()
    {
        Given("""
            SET @de:d lost
            SET @id 6
            """);
        var added = Both(
            "addStandardJob", "wait paused meta id completed delayed active events marker",
            Pack(new List<object?> { P, "", "name", Now, null, null, null, null, P + "de:d", null }), "{}",
            Pack(MapOf(("de", MapOf(("id", "d"))))));
        Assert.Equal("7 7", $"{added} {Text("de:d")}");
    }

    [Fact]
    public void The_retention_of_one_job_takes_others_with_it_and_only_when_it_ends()
    {
        Given($"""
            HSET @old name old
            ZADD @completed 1 old
            HSET @1 name a
            LPUSH @active 1
            SET @1:lock {Token}
            """);
        Assert.True(Exists("old"));
        Assert.Equal(0L, Finish("completed", MapOf(("count", -1), ("age", 60))));
        Assert.False(Exists("old"));
    }

    [Fact]
    public void A_fractional_due_time_is_cut_in_a_reply_and_whole_in_the_marker()
    {
        Given("PING");
        Both(
            "addDelayedJob", "marker meta id delayed completed events",
            Pack(new List<object?> { P, "", "name", Now, null, null, null, null, null, null }), "{}", Pack(MapOf(("delay", 1000.75))));
        var taken = (List<object?>)Both(
            "moveToActive", "wait active prioritized events stalled limiter delayed paused meta pc marker", P, Now, Terms)!;
        Assert.Equal(Now + 1000, taken[3]);
        Assert.Equal($"{Now + 1000}.75", Redis.Call("ZSCORE", P + "marker", "1"));
    }

    private object? Finish(string target, Map keep) => Both(
        "moveToFinished", $"{FinishKeys} {target} 1 metrics:{target} marker", "1", Now,
        target == "failed" ? "failedReason" : "returnvalue", "1", target, "0", P,
        Pack(MapOf(("token", Token), ("lockDuration", 600_000), ("keepJobs", keep), ("attempts", 1), ("maxMetricsSize", ""))), "");
}
