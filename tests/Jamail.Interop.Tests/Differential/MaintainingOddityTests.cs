namespace Jamail.Interop.Tests.Differential;

/// <summary>Oddities of BullMQ's scripts for maintenance (CONTRACT.md), each seen in both implementations.</summary>
public sealed class MaintainingOddityTests(DifferentialRig rig) : OddityTest(rig), IClassFixture<DifferentialRig>
{
    [Fact]
    public void A_drain_keeps_the_pending_job_of_a_scheduler_and_in_BullMQ_cuts_it_off()
    {
        Given("""
            HSET @a name a
            HSET @b name b
            HSET @repeat:s:5 name tick rjk s
            ZADD @repeat 5 s
            RPUSH @wait b repeat:s:5 a
            """);
        Each(
            "drain", "wait paused delayed prioritized repeat", [P, "0"],
            bullmq: _ => Assert.Equal("a", List("wait")),
            ours: _ => Assert.Equal("repeat:s:5", List("wait")));
        Assert.False(Exists("a"));
    }

    [Fact]
    public void Ages_are_compared_as_text()
    {
        Given("""
            HSET @1 name a timestamp 999
            HSET @2 name b timestamp 1699999999999
            LPUSH @wait 1 2
            """);
        Assert.Equal("2", Joined(Both("cleanJobsInSet", "wait events repeat", P, Now, 0, "wait")));
    }

    [Fact]
    public void A_child_whose_id_holds_a_colon_is_removed_without_leaving_its_list()
    {
        Given("""
            HSET @p name p
            HSET @a:b name child parentKey bull:q:p
            SADD @p:dependencies bull:q:a:b
            ZADD @waiting-children 1 p
            LPUSH @wait a:b
            """);
        Assert.Equal(1L, Both("removeJob", "p repeat", "p", "1", P));
        Assert.False(Exists("a:b"));
        Assert.Equal("a:b", List("wait"));
        Assert.Equal("removed jobId=b prev=unknown", Events("bull:q:a:events"));
    }

    [Fact]
    public void A_hard_removal_takes_the_waiting_parent_with_it_silently_and_anothers_deduplication_key()
    {
        Given($"""
            HSET @p name p
            SET @p:lock {Token}
            HSET @1 name child parentKey bull:q:p deid d timestamp 1
            SET @de:d another
            SADD @p:dependencies bull:q:1
            ZADD @waiting-children 1 p
            LPUSH @wait 1
            """);
        Both("cleanJobsInSet", "wait events repeat", P, Now, 0, "wait");
        Assert.False(Exists("p") || Exists("de:d") || Exists("waiting-children"));
        Assert.True(Exists("p:lock"));
        Assert.Equal("cleaned count=1", Events());
    }

    [Fact]
    public void A_parent_released_by_a_removal_forgets_its_priority_and_its_delay()
    {
        Given("""
            HSET @p name p priority 5 delay 60000
            HSET @1 name child parentKey bull:q:p
            SADD @p:dependencies bull:q:1
            ZADD @waiting-children 1 p
            LPUSH @wait 1
            """);
        Assert.Equal(1L, Both("removeJob", "1 repeat", "1", "1", P));
        Assert.Equal("p", List("wait"));
        Assert.Equal("waiting jobId=p prev=waiting-children\nremoved jobId=1 prev=wait", Events());
    }

    [Fact]
    public void A_parent_removed_with_its_children_is_released_just_before()
    {
        Given("""
            HSET @p name p
            HSET @1 name child parentKey bull:q:p
            SADD @p:dependencies bull:q:1
            ZADD @waiting-children 1 p
            LPUSH @wait 1
            """);
        Assert.Equal(1L, Both("removeJob", "p repeat", "p", "1", P));
        Assert.Equal(
            "waiting jobId=p prev=waiting-children\nremoved jobId=1 prev=wait\nremoved jobId=p prev=wait", Events());
        Assert.True(Exists("marker"));
    }

    [Fact]
    public void Moving_many_delayed_jobs_ignores_their_priority_and_leaves_their_delay()
    {
        Given("""
            HSET @1 name a priority 3 delay 60000
            ZADD @delayed 1 1
            """);
        Assert.Equal(0L, Both(
            "moveJobsToWait", "@ events delayed wait paused meta active marker", 10, "1.7976931348623157e+308", "delayed"));
        Assert.Equal("1", List("wait"));
        Assert.Equal("60000", Field("1", "delay"));
    }

    [Fact]
    public void The_search_for_orphans_spares_ids_that_look_like_markers_and_counts_ids_that_never_were()
    {
        Given("""
            HSET @0 name a
            HSET @2 name b
            ZADD @marker 0 0
            """);
        Assert.Equal(2L, Both("removeOrphanedJobs", "@", 2, "wait", "marker", 1, "logs", "0", "2", "never"));
        Assert.True(Exists("0"));
        Assert.False(Exists("2"));
    }

    [Fact]
    public void Reading_takes_an_old_marker_away()
    {
        void Reads(string script, params object?[] arguments)
        {
            Given("RPUSH @wait 1 0:0");
            Both(script, "@", arguments);
            Assert.Equal("1", List("wait"));
        }

        Reads("getCounts", "wait");
        Reads("getRanges", 0, -1, "1", "wait");
        Reads("getJobs", 0, -1, "1", 5, "wait");
    }

    [Fact]
    public void An_old_marker_that_is_all_there_is_stays_and_counts_as_a_job_only_where_the_list_is_read_as_it_lies()
    {
        void Reads(bool isJob, string script, params object?[] arguments)
        {
            Given("RPUSH @wait 0:0\nHSET @0:0 name old");
            var state = Assert.Single(Assert.IsType<List<object?>>(Both(script, "@", arguments)));
            Assert.Equal(isJob, state is not (0L or List<object?> { Count: 0 }));
            Assert.Equal("0:0", List("wait"));
        }

        Reads(false, "getCounts", "wait");
        Reads(false, "getRanges", 0, -1, "1", "wait");
        Reads(false, "getJobs", 0, 9, "1", 5, "wait");
        Reads(true, "getJobs", 0, 9, "0", 5, "wait");
        Reads(true, "getJobs", 0, -1, "1", 5, "wait");
    }

    [Fact]
    public void Removing_a_job_that_never_was_succeeds()
    {
        Given("PING");
        Assert.Equal(1L, Both("removeJob", "nobody repeat", "nobody", "1", P));
        Assert.Equal("", Events());
    }
}
