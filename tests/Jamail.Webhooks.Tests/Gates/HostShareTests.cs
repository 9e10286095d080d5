using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Gates;

public sealed class HostShareTests
{
    [Fact]
    public async Task Endpoints_that_hold_slots_leave_a_fifth_to_those_that_hold_none()
    {
        var share = new HostShare(50, TimeProvider.System);
        var taken = 0;
        for (var turn = 0; turn < 50; turn++)
        {
            for (var slow = 0; slow < 10; slow++)
            {
                taken += await share.TryTakeAsync($"slow-{slow}", 100) ? 1 : 0;
            }
        }

        Assert.Equal((40, 40), (taken, share.Total));
        Assert.True(await share.TryTakeAsync("fast", 100));
        Assert.False(await share.TryTakeAsync("fast", 100));
        share.Give("fast", took: null);
        Assert.True(await share.TryTakeAsync("fast", 100));
    }

    [Fact]
    public async Task A_lone_endpoint_of_a_host_with_one_slot_gets_it()
    {
        var share = new HostShare(1, TimeProvider.System);
        Assert.True(await share.TryTakeAsync("only", 100));
        Assert.False(await share.TryTakeAsync("only", 100));
    }

    [Fact]
    public async Task An_endpoint_that_answers_fast_waits_a_moment_for_its_next_place()
    {
        var share = await FullAsync(took: TimeSpan.FromMilliseconds(5));
        var next = share.TryTakeAsync("busy", 100).AsTask();
        Assert.False(next.IsCompleted);
        share.Give("busy", TimeSpan.FromMilliseconds(5));
        Assert.True(await next);
        Assert.Equal(8, share.Total);
    }

    [Fact]
    public async Task Such_a_wait_is_short_and_there_are_no_more_of_them_than_slots_kept_free()
    {
        var share = await FullAsync(took: TimeSpan.FromMilliseconds(5));
        Task<bool>[] waits = [share.TryTakeAsync("busy", 100).AsTask(), share.TryTakeAsync("busy", 100).AsTask()];
        Assert.False(await share.TryTakeAsync("busy", 100));
        Assert.True(await share.TryTakeAsync("other", 100));
        Assert.False(await waits[0]);
        Assert.False(await waits[1]);
    }

    [Fact]
    public async Task A_slow_endpoint_does_not_wait()
    {
        var share = await FullAsync(took: TimeSpan.FromSeconds(5));
        var next = share.TryTakeAsync("busy", 100).AsTask();
        Assert.True(next.IsCompleted);
        Assert.False(await next);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_any_more_does_not_wait_however_fast_it_was()
    {
        var clock = new FakeClock();
        var share = await FullAsync(took: TimeSpan.FromMilliseconds(5), clock);
        clock.Advance(TimeSpan.FromMilliseconds(51));
        var next = share.TryTakeAsync("busy", 100).AsTask();
        Assert.True(next.IsCompleted);
        Assert.False(await next);
    }

    [Fact]
    public async Task One_of_which_nothing_is_known_yet_waits_for_its_first_answer()
    {
        var clock = new FakeClock();
        var share = new HostShare(10, clock);
        for (var n = 0; n < 8; n++)
        {
            Assert.True(await share.TryTakeAsync("new", 100));
        }

        var next = share.TryTakeAsync("new", 100).AsTask();
        Assert.False(next.IsCompleted);
        share.Give("new", TimeSpan.FromMilliseconds(20));
        Assert.True(await next);
    }

    [Fact]
    public async Task What_an_endpoint_bears_is_kept_within_the_host_and_how_fast_it_is_is_remembered()
    {
        var share = new HostShare(10, new FakeClock());
        Assert.True(await share.TryTakeAsync("small", 2));
        Assert.True(await share.TryTakeAsync("small", 2));
        var third = share.TryTakeAsync("small", 2).AsTask();
        Assert.False(third.IsCompleted);
        share.Give("small", TimeSpan.FromSeconds(3));
        Assert.True(await third);
        share.Give("small", TimeSpan.FromSeconds(3));
        share.Give("small", TimeSpan.FromSeconds(3));

        Assert.True(await share.TryTakeAsync("small", 1));
        Assert.False(await share.TryTakeAsync("small", 1));
    }

    // Ten slots, of which two are kept for others.
    private static async Task<HostShare> FullAsync(TimeSpan took, TimeProvider? clock = null)
    {
        var share = new HostShare(10, clock ?? TimeProvider.System);
        for (var n = 0; n < 8; n++)
        {
            Assert.True(await share.TryTakeAsync("busy", 100));
        }

        share.Give("busy", took);
        Assert.True(await share.TryTakeAsync("busy", 100));
        return share;
    }
}
