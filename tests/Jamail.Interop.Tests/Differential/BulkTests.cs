namespace Jamail.Interop.Tests.Differential;

/// <summary>More ids than Lua unpacks at once (about 8000), and more due jobs than one call promotes: nothing is left over or lost.</summary>
public sealed class BulkTests(DifferentialRig rig) : OddityTest(rig), IClassFixture<DifferentialRig>
{
    private const int Many = 7_003;

    // ARGV: state, how many, first score. Jobs with a timestamp; ids without a lock.
    private const string Fill = """
        for i = 1, tonumber(ARGV[2]) do
          redis.call('HSET', 'bull:q:' .. i, 'name', 'a', 'timestamp', '1', 'delay', '5', 'priority', i % 3)
          if ARGV[3] == '' then redis.call('LPUSH', 'bull:q:' .. ARGV[1], i)
          else redis.call('ZADD', 'bull:q:' .. ARGV[1], ARGV[3] + i, i) end
        end
        """;

    [Fact]
    public void All_stalled_jobs_go_back_and_all_active_ones_are_watched()
    {
        Of("active", Many, list: true);
        Redis.Call("EVAL", "for _, id in ipairs(redis.call('LRANGE', 'bull:q:active', 0, 99)) do redis.call('SADD', 'bull:q:stalled', id) end", 0);
        Both("moveStalledJobsToWait", "stalled wait active stalled-check meta paused marker events repeat", 1, P, Now, 60_000);
        Assert.Equal(100L, Redis.Call("LLEN", P + "wait"));
        Assert.Equal((long)Many - 100, Redis.Call("SCARD", P + "stalled"));
    }

    [Fact]
    public void All_failed_jobs_run_again_in_one_call()
    {
        Of("failed", Many);
        Assert.Equal(0L, Both("moveJobsToWait", "@ events failed wait paused meta active marker", 10_000, Now, "failed"));
        Assert.Equal((long)Many, Redis.Call("LLEN", P + "wait"));
    }

    [Fact]
    public void A_drain_takes_everything_that_waits()
    {
        Of("delayed", Many);
        Both("drain", "wait paused delayed prioritized repeat", P, "1");
        Assert.Equal(1L, Redis.Call("DBSIZE"));
    }

    [Theory, InlineData("completed", false), InlineData("wait", true)]
    public void A_clean_takes_all_old_jobs(string state, bool list)
    {
        Of(state, list ? 1_500 : Many, list);
        Both("cleanJobsInSet", $"{state} events repeat", P, Now, 0, state);
        Assert.False(Exists(state));
        Assert.Equal(list ? "cleaned count=1500" : $"cleaned count={Many}", Events());
    }

    [Fact]
    public void One_fetch_promotes_a_thousand_due_jobs_and_the_next_one_the_rest()
    {
        Of("delayed", 1_100);
        object? Fetch() => Both(
            "moveToActive", "wait active prioritized events stalled limiter delayed paused meta pc marker", P, Now,
            Pack(MapOf(("token", Token), ("lockDuration", 600_000))));
        Fetch();
        Assert.Equal(100L, Redis.Call("ZCARD", P + "delayed"));
        Fetch();
        Assert.False(Exists("delayed"));
    }

    [Fact]
    public void A_resume_moves_seven_thousand_ids_of_the_other_list_in_a_call()
    {
        Of("paused", Many, list: true);
        Redis.Call("RPUSH", P + "wait", "last");
        Assert.Equal((long)Many - 7_000, Both("pause", "paused wait meta prioritized events delayed marker", "resumed", "1"));
        Assert.Equal(0L, Both("pause", "paused wait meta prioritized events delayed marker", "resumed", "0"));
        Assert.Equal((long)Many + 1, Redis.Call("LLEN", P + "wait"));
        Assert.Equal("resumed", Events());
    }

    [Fact]
    public void Metrics_are_padded_over_a_gap_of_any_length()
    {
        Given($"""
            HSET @1 name a
            LPUSH @active 1
            SET @1:lock {Token}
            HSET @metrics:completed count 5 prevTS {Now - (8_000L * 60_000)} prevCount 2
            """);
        Both(
            "moveToFinished", "wait active prioritized events stalled limiter delayed paused meta pc completed 1 metrics:completed marker",
            "1", Now, "returnvalue", "1", "completed", "0", P,
            Pack(MapOf(
                ("token", Token), ("lockDuration", 1), ("keepJobs", MapOf(("count", -1))), ("attempts", 1), ("maxMetricsSize", 9_000))),
            "");
        Assert.Equal(8_000L, Redis.Call("LLEN", P + "metrics:completed:data"));
        Assert.Equal("3", Redis.Call("LINDEX", P + "metrics:completed:data", -1));
    }

    private void Of(string state, int count, bool list = false)
    {
        Given("PING");
        Redis.Call("EVAL", Fill, 0, state, count, list ? "" : "0");
    }
}
