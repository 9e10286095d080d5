namespace Jamail.Webhooks.Tests.Gates;

public sealed class HostShareTests
{
    [Fact]
    public void Endpoints_that_hold_slots_leave_a_fifth_to_those_that_hold_none()
    {
        var share = new HostShare(50);
        var taken = 0;
        for (var turn = 0; turn < 50; turn++)
        {
            for (var slow = 0; slow < 10; slow++)
            {
                taken += share.TryTake($"slow-{slow}") ? 1 : 0;
            }
        }

        Assert.Equal((40, 40), (taken, share.Total));
        Assert.True(share.TryTake("fast"));
        Assert.False(share.TryTake("fast"));
        share.Give("fast");
        Assert.True(share.TryTake("fast"));
    }

    [Fact]
    public void A_lone_endpoint_of_a_host_with_one_slot_gets_it()
    {
        var share = new HostShare(1);
        Assert.True(share.TryTake("only"));
        Assert.False(share.TryTake("only"));
    }
}
