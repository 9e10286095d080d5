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
                taken += await share.TryTakeAsync($"slow-{slow}") ? 1 : 0;
            }
        }

        Assert.Equal((40, 40), (taken, share.Total));
        Assert.True(await share.TryTakeAsync("fast"));
        Assert.False(await share.TryTakeAsync("fast"));
        share.Give("fast", took: null);
        Assert.True(await share.TryTakeAsync("fast"));
    }

    [Fact]
    public async Task A_lone_endpoint_of_a_host_with_one_slot_gets_it()
    {
        var share = new HostShare(1, TimeProvider.System);
        Assert.True(await share.TryTakeAsync("only"));
        Assert.False(await share.TryTakeAsync("only"));
    }

    [Fact]
    public async Task An_endpoint_that_answers_fast_waits_a_moment_for_its_next_place()
    {
        var share = await FullAsync(took: TimeSpan.FromMilliseconds(5));
        var next = share.TryTakeAsync("busy").AsTask();
        Assert.False(next.IsCompleted);
        share.Give("busy", TimeSpan.FromMilliseconds(5));
        Assert.True(await next);
        Assert.Equal(8, share.Total);
    }

    [Fact]
    public async Task Such_a_wait_is_short_and_there_are_no_more_of_them_than_slots_kept_free()
    {
        var share = await FullAsync(took: TimeSpan.FromMilliseconds(5));
        Task<bool>[] waits = [share.TryTakeAsync("busy").AsTask(), share.TryTakeAsync("busy").AsTask()];
        Assert.False(await share.TryTakeAsync("busy"));
        Assert.True(await share.TryTakeAsync("other"));
        Assert.False(await waits[0]);
        Assert.False(await waits[1]);
    }

    [Fact]
    public async Task A_slow_endpoint_does_not_wait()
    {
        var share = await FullAsync(took: TimeSpan.FromSeconds(5));
        var next = share.TryTakeAsync("busy").AsTask();
        Assert.True(next.IsCompleted);
        Assert.False(await next);
    }

    // Ten slots, of which two are kept for others.
    private static async Task<HostShare> FullAsync(TimeSpan took)
    {
        var share = new HostShare(10, TimeProvider.System);
        for (var n = 0; n < 8; n++)
        {
            Assert.True(await share.TryTakeAsync("busy"));
        }

        share.Give("busy", took);
        Assert.True(await share.TryTakeAsync("busy"));
        return share;
    }
}
