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
        state.Finish(null!, Done);
        Assert.Equal(1, state.TakeTurn()!.Fetch);
        Assert.Equal(8, state.Running);
    }

    [Fact]
    public void Slots_that_a_call_did_not_fill_are_free_again()
    {
        var state = Released(concurrency: 3);
        var turn = state.TakeTurn()!;
        Assert.True(state.Start(isReserved: true));

        Assert.False(state.Fetched(turn, 1, Reply(1), 0));
        state.EndCall();

        Assert.Null(state.TakeTurn());
        Assert.True(state.IsIdle);
        Assert.True(state.Wake(fromMarker: true));
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
    public void A_marker_that_comes_while_all_slots_are_busy_is_left_to_others()
    {
        var state = Released(concurrency: 1);
        state.Start(isReserved: false);

        Assert.False(state.Wake(fromMarker: true));
    }

    [Fact]
    public void A_marker_that_comes_while_a_call_is_under_way_is_put_back_when_the_call_fills_all_slots()
    {
        var state = Released(concurrency: 1);
        var turn = state.TakeTurn()!;

        Assert.True(state.Wake(fromMarker: true));
        state.Start(isReserved: true);

        Assert.True(state.Fetched(turn, 1, Reply(1), 0));
    }

    [Fact]
    public void A_rate_limit_ends_fetching_until_its_time_has_come()
    {
        var state = Released(concurrency: 1);
        var turn = state.TakeTurn()!;
        state.Fetched(turn, 0, Reply(0, limitedMs: 500), 1000);
        state.EndCall();

        Assert.True(state.Wake(fromMarker: false));
        Assert.Null(state.TakeTurn());
        Assert.Equal(TimeSpan.FromMilliseconds(500), state.UntilTick(1000));
        Assert.False(state.Tick(1500));
        Assert.Equal(1, state.TakeTurn()!.Fetch);
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
