namespace Jamail.Queueing.Tests.Working;

public sealed class DispatchStateTests
{
    private static readonly Settlement Done = new() { Kind = SettlementKind.Completed, JobId = "1", Token = "w:0" };

    [Fact]
    public void Slots_of_jobs_that_are_being_started_are_counted_once()
    {
        var state = Released(concurrency: 10);
        var first = state.TakeTurn()!;
        Assert.Equal(10, first.Fetch);

        for (var job = 0; job < 10; job++)
        {
            Assert.True(state.Start(isReserved: true));
        }

        // A job ends before the call that brought it has been accounted for.
        state.Finish(null!, Done);
        var second = state.TakeTurn()!;

        Assert.Equal(1, second.Fetch);
        state.Fetched(first, 10, Reply(10), 0);
        state.EndCall(first);
        state.Finish(null!, Done);
        Assert.Equal(1, state.TakeTurn()!.Fetch);
        Assert.Equal(8, state.Running);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(99, 2)]
    [InlineData(150, 3)]
    [InlineData(200, 4)]
    [InlineData(1000, 4)]
    public void Few_calls_are_under_way_so_that_each_carries_many_jobs(int concurrency, int calls)
    {
        var state = Released(concurrency);
        for (var call = 0; call < calls; call++)
        {
            state.Start(isReserved: false);
            state.Finish(null!, Done);
            Assert.NotNull(state.TakeTurn());
        }

        state.Start(isReserved: false);
        state.Finish(null!, Done);

        Assert.Null(state.TakeTurn());
    }

    [Fact]
    public void Slots_that_a_call_did_not_fill_are_free_again()
    {
        var state = Released(concurrency: 3);
        var turn = state.TakeTurn()!;
        Assert.True(state.Start(isReserved: true));

        state.Fetched(turn, 1, Reply(1), 0);
        state.EndCall(turn);

        Assert.Null(state.TakeTurn());
        Assert.True(state.IsIdle);
        state.Wake();
        Assert.Equal(2, state.TakeTurn()!.Fetch);
    }

    [Fact]
    public void Jobs_adopted_beyond_the_slots_stop_the_fetching_until_they_end()
    {
        var state = Released(concurrency: 1);
        state.Start(isReserved: false);
        state.Start(isReserved: false);

        Assert.Null(state.TakeTurn());
        state.Finish(null!, Done);
        Assert.Equal(0, state.TakeTurn()!.Fetch);
        state.Finish(null!, Done);
        Assert.Equal(1, state.TakeTurn()!.Fetch);
    }

    [Fact]
    public void A_call_sleeps_only_when_there_is_nothing_else_to_do_and_keeps_every_free_slot()
    {
        var state = Released(concurrency: 3);
        Assert.Null(state.TakeSleepingTurn());
        var turn = state.TakeTurn()!;
        Assert.Null(state.TakeSleepingTurn());
        state.Fetched(turn, 0, Reply(0), 0);
        state.EndCall(turn);

        var asleep = state.TakeSleepingTurn()!;
        Assert.Equal(3, asleep.Fetch);
        Assert.Null(state.TakeSleepingTurn());
        Assert.False(state.IsIdle);
        Assert.False(state.IsDrained);
        Assert.True(state.IsSettled);
        Assert.False(state.MustRouse());

        state.Start(isReserved: true);
        state.Fetched(asleep, 1, Reply(1), 0);
        Assert.True(state.EndCall(asleep));
        Assert.True(state.IsIdle);
        Assert.Equal(2, state.TakeSleepingTurn()!.Fetch);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    [InlineData("wake")]
    [InlineData("due")]
    [InlineData("hold")]
    public void What_a_sleeping_call_stands_in_the_way_of_rouses_it_once(string cause)
    {
        var state = Asleep(concurrency: 1);
        switch (cause)
        {
            case "stop":
                state.Stop();
                break;
            case "pause":
                state.SetPaused(true);
                break;
            case "wake":
                state.Wake();
                break;
            case "due":
                state.WakeAt(1000);
                Assert.False(state.Tick(999));
                Assert.False(state.MustRouse());
                Assert.False(state.Tick(1000));
                break;
            default:
                state.Hold(new Turn { Token = "w:9" });
                break;
        }

        Assert.Null(state.TakeTurn());
        Assert.True(state.MustRouse());
        Assert.False(state.MustRouse());
    }

    [Fact]
    public void Slots_that_come_free_beside_a_sleeping_call_are_filled_without_rousing_it()
    {
        var state = Released(concurrency: 2);
        state.Start(isReserved: false);
        var first = state.TakeTurn()!;
        state.Fetched(first, 0, Reply(0), 0);
        state.EndCall(first);
        Assert.Equal(1, state.TakeSleepingTurn()!.Fetch);

        state.Finish(null!, Done);
        state.Wake();

        Assert.Equal(1, state.TakeTurn()!.Fetch);
        Assert.False(state.MustRouse());
    }

    [Fact]
    public void A_call_that_had_woken_before_it_was_roused_is_followed_by_another_look()
    {
        var state = Released(concurrency: 1);
        var first = state.TakeTurn()!;
        state.Fetched(first, 0, Reply(0), 0);
        state.EndCall(first);
        var asleep = state.TakeSleepingTurn()!;
        state.Wake();
        Assert.True(state.MustRouse());

        state.Fetched(asleep, 0, Reply(0), 0);
        state.EndCall(asleep);
        Assert.Null(state.TakeTurn());
        state.RousedLate();

        Assert.Equal(1, state.TakeTurn()!.Fetch);
    }

    [Fact]
    public void A_due_time_that_a_paused_worker_alone_knows_is_told_to_others()
    {
        var state = Released(concurrency: 1);
        state.WakeAt(1000);
        state.SetPaused(true);

        Assert.True(state.Tick(1000));
    }

    [Fact]
    public void A_rate_limit_ends_fetching_until_its_time_has_come()
    {
        var state = Released(concurrency: 1);
        var turn = state.TakeTurn()!;
        state.Fetched(turn, 0, Reply(0, limitedMs: 500), 1000);
        state.EndCall(turn);

        state.Wake();
        Assert.Null(state.TakeTurn());
        Assert.Equal(TimeSpan.FromMilliseconds(500), state.UntilTick(1000));
        Assert.False(state.Tick(1500));
        Assert.Equal(1, state.TakeTurn()!.Fetch);
    }

    private static DispatchState Asleep(int concurrency)
    {
        var state = Released(concurrency);
        var turn = state.TakeTurn()!;
        state.Fetched(turn, 0, Reply(0), 0);
        state.EndCall(turn);
        Assert.NotNull(state.TakeSleepingTurn());
        return state;
    }

    private static DispatchState Released(int concurrency)
    {
        var state = new DispatchState("w", concurrency);
        state.Release(look: true);
        return state;
    }

    private static FinishReply Reply(int jobs, long limitedMs = 0) => new(
        [], [.. Enumerable.Range(0, jobs).Select(id => new StoredJob { Id = $"{id}" })], limitedMs, 0, null);
}
