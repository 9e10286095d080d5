using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Support;

public sealed class FakeClockTests
{
    private readonly FakeClock clock = new();

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_and_see_their_own_time()
    {
        var seen = new List<(string Name, TimeSpan At)>();
        using var late = clock.CreateTimer(_ => seen.Add(("late", clock.Elapsed)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => seen.Add(("often", clock.Elapsed)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(
            [("often", TimeSpan.FromSeconds(2)), ("often", TimeSpan.FromSeconds(4)), ("late", TimeSpan.FromSeconds(5))], seen);
        Assert.Equal(1, clock.WaitingTimers);
    }

    [Fact]
    public async Task A_delay_ends_only_when_the_clock_has_moved_far_enough()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock);
        await clock.WhenTimersAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cancellation_after_a_time_follows_the_clock()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);
        clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.True(() => source.IsCancellationRequested, "the token to be cancelled");
    }
}
