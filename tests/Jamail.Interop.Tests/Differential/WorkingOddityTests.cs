namespace Jamail.Interop.Tests.Differential;

/// <summary>Oddities of BullMQ's scripts for workers (CONTRACT.md), each seen in both implementations.</summary>
public sealed class WorkingOddityTests(DifferentialRig rig) : OddityTest(rig), IClassFixture<DifferentialRig>
{
    private const string FetchKeys = "wait active prioritized events stalled limiter delayed paused meta pc marker";

    private const string FinishKeys = "wait active prioritized events stalled limiter delayed paused meta pc";

    private static readonly byte[] Terms = Pack(MapOf(("token", Token), ("lockDuration", 600_000)));

    [Fact]
    public void A_job_that_is_not_active_loses_its_lock_and_gets_its_fields_before_it_is_refused()
    {
        var fields = Pack(new List<object?> { "failedReason", "why" });
        void Refused(Func<object?> call, bool writes = true)
        {
            Given($"""
                HSET @1 name a priority 0
                SET @1:lock {Token}
                SADD @1:dependencies bull:q:2
                """);
            Assert.Equal(-3L, call());
            Assert.False(Exists("1:lock"));
            Assert.Equal(writes ? "why" : null, Field("1", "failedReason"));
        }

        Refused(() => Both(
            "moveToFinished", FinishKeys + " failed 1 metrics:failed marker", "1", Now, "failedReason", "why", "failed", "0", P,
            FinishTerms(), fields));
        Refused(() => Both(
            "moveToDelayed", "marker active prioritized delayed 1 events meta stalled wait limiter pc", P, Now, "1", Token, 1000, "0",
            fields, "0", ""));
        Refused(() => Both(
            "retryJob", "active wait paused 1 meta events delayed prioritized pc marker stalled", P, Now, "LPUSH", "1", Token, fields));
        Refused(
            () => Both(
                "moveToWaitingChildren", "active waiting-children 1 1:dependencies 1:unsuccessful stalled events", Token, "", Now, "1", P),
            writes: false);
    }

    [Fact]
    public void An_id_without_a_hash_becomes_a_stub_when_it_is_taken()
    {
        Given("LPUSH @wait 1");
        var reply = (List<object?>)Both("moveToActive", FetchKeys, P, Now, Terms)!;
        Assert.Equal($"processedOn {Now} ats 1", Joined(reply[0]));
    }

    [Fact]
    public void A_job_put_back_before_its_equals_wakes_nobody()
    {
        Given($"""
            HSET @1 name a priority 3
            LPUSH @active 1
            SET @1:lock {Token}
            """);
        Assert.Equal(0L, Both(
            "moveJobFromActiveToWait", "active wait stalled paused meta limiter prioritized marker events", "1", Token, P + "1"));
        Assert.False(Exists("marker"));
        Assert.Equal(0L, Both("changePriority", "wait paused meta prioritized active pc marker", 5, P, "1", "1"));
        Assert.Equal("1", Members("prioritized"));
        Assert.False(Exists("marker"));
    }

    [Fact]
    public void A_kept_next_job_with_a_chosen_id_overwrites_a_job_and_asks_for_no_parent()
    {
        Given($$$"""
            HSET @1 name a deid d
            HSET @mine name old data {"old":1}
            LPUSH @active 1
            SET @1:lock {{{Token}}}
            SET @de:d 1
            HSET @dn:d name new data {"new":1} opts {"de":{"id":"d","keepLastIfActive":true}} jid mine pk bull:q:gone pd {} pdk bull:q:gone:dependencies
            """);
        Assert.Equal(0L, Finish("completed", "0"));
        Assert.Equal("new", Field("mine", "name"));
        Assert.Equal("bull:q:gone", Field("mine", "parentKey"));
        Assert.Equal("mine", List("wait"));
    }

    [Fact]
    public void An_old_marker_that_is_next_ends_a_fetch_after_a_finish_and_in_BullMQ_aborts_it()
    {
        void State() => Given($"""
            HSET @1 name a
            HSET @2 name b
            LPUSH @active 1
            SET @1:lock {Token}
            RPUSH @wait 2 0:0
            """);
        State();
        Each(
            "moveToFinished", FinishKeys + " completed 1 metrics:completed marker",
            ["1", Now, "returnvalue", "1", "completed", "1", P, FinishTerms(), ""],
            bullmq: reply => Assert.IsType<RespError>(reply),
            ours: reply =>
            {
                Assert.Equal(0L, reply);
                Assert.Equal("2", List("wait"));
            });
    }

    [Fact]
    public void The_size_of_a_limit_comes_from_the_queue_and_its_window_from_the_worker()
    {
        var limiter = Pack(MapOf(
            ("token", Token), ("lockDuration", 600_000), ("limiter", MapOf(("max", 50), ("duration", 5000)))));
        Given("""
            HSET @meta max 1 duration 90000
            HSET @1 name a
            LPUSH @wait 2 1
            """);
        Both("moveToActive", FetchKeys, P, Now, limiter);
        Assert.InRange((long)Redis.Call("PTTL", P + "limiter")!, 1, 5000);
        var limited = (List<object?>)Both("moveToActive", FetchKeys, P, Now, limiter)!;
        Assert.InRange((long)limited[2]!, 1, 5000);
    }

    [Fact]
    public void A_limit_without_a_window_aborts_with_the_job_active_and_no_lock()
    {
        Given("""
            HSET @meta max 1
            HSET @1 name a
            LPUSH @wait 1
            """);
        Assert.IsType<RespError>(Both("moveToActive", FetchKeys, P, Now, Terms));
        Assert.Equal("1", List("active"));
        Assert.False(Exists("1:lock"));
        Assert.Equal("1", Text("limiter"));
        Assert.Equal(-1L, Redis.Call("PTTL", P + "limiter"));
    }

    [Fact]
    public void Without_attempts_every_final_failure_says_that_retries_are_exhausted()
    {
        Running();
        Assert.Equal(0L, Finish("failed", "0"));
        Assert.Contains("retries-exhausted jobId=1 attemptsMade=1", Events(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_finish_begins_the_metrics_and_a_point_leaves_out_the_job_that_makes_it()
    {
        Running();
        Finish("completed", "0", metrics: 10);
        Assert.False(Exists("metrics:completed:data"));
        Running(keep: true);
        Finish("completed", "0", metrics: 10, now: Now + 180_000);

        // Three minutes later: the first job in the oldest of them, and nothing of the second.
        Assert.Equal("0 0 1", List("metrics:completed:data"));
        Assert.Equal("2", Field("metrics:completed", "count"));
    }

    [Fact]
    public void A_parent_link_without_its_key_tells_no_parent_of_a_value_but_of_a_failure()
    {
        const string Link = """{"id":"p","queueKey":"bull:q","fpof":true}""";
        void State() => Given($"""
            HSET @1 name a parent {Link}
            HSET @p name p
            ZADD @waiting-children 1 p
            SADD @p:dependencies bull:q:1
            LPUSH @active 1
            SET @1:lock {Token}
            """);
        State();
        Assert.Equal(0L, Finish("completed", "0"));
        Assert.Equal("p", Members("waiting-children"));
        State();
        Assert.Equal(0L, Finish("failed", "0"));
        Assert.Equal("p", List("wait"));
        Assert.Equal("child bull:q:1 failed", Field("p", "defa"));
    }

    [Fact]
    public void Absent_retention_or_attempts_abort_half_way()
    {
        object? Run(Map terms) => Both(
            "moveToFinished", FinishKeys + " failed 1 metrics:failed marker", "1", Now, "failedReason", "why", "failed", "0", P,
            Pack(terms), "");
        Running();
        Assert.IsType<RespError>(Run(MapOf(("token", Token), ("lockDuration", 1000), ("attempts", 1), ("maxMetricsSize", ""))));
        Assert.False(Exists("1:lock"));
        Assert.Equal("1", List("active"));
        Running();
        Assert.IsType<RespError>(Run(MapOf(
            ("token", Token), ("lockDuration", 1000), ("keepJobs", MapOf(("count", -1))), ("maxMetricsSize", ""))));
        Assert.Equal("1", Members("failed"));
    }

    private static byte[] FinishTerms(object? metrics = null) => Pack(MapOf(
        ("token", Token), ("lockDuration", 600_000), ("keepJobs", MapOf(("count", -1))), ("attempts", 0),
        ("maxMetricsSize", metrics ?? "")));

    private void Running(bool keep = false)
    {
        if (!keep)
        {
            Given("PING");
        }

        Redis.Call("HSET", P + "1", "name", "a");
        Redis.Call("ZREM", P + "completed", "1");
        Redis.Call("LPUSH", P + "active", "1");
        Redis.Call("SET", P + "1:lock", Token);
    }

    private object? Finish(string target, string fetches, object? metrics = null, long now = Now) => Both(
        "moveToFinished", $"{FinishKeys} {target} 1 metrics:{target} marker", "1", now,
        target == "failed" ? "failedReason" : "returnvalue", "1", target, fetches, P, FinishTerms(metrics), "");
}
