using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class FairnessTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Ten_slow_endpoints_do_not_slow_a_fast_one(string database)
    {
        const int Slow = 10;
        const int Each = 30;
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:Timeout"] = "00:01:00";
            settings["Jamail:Webhooks:Concurrency"] = "50";
        });
        await using var slow = WebhookSink.Start();
        slow.Answer = _ => SinkReply.Silence;
        await using var fast = WebhookSink.Start();
        await host.CreateAsync(fast, "fast");
        var alone = await MeasureAsync(host, fast);
        for (var n = 0; n < Slow; n++)
        {
            await host.CreateAsync(slow, "slow");
        }

        await Task.WhenAll(Enumerable.Range(0, Each).Select(n => host.Publisher.PublishAsync("slow", new { n })));
        await host.ArrivalAsync(slow, 20);
        var beside = await MeasureAsync(host, fast);

        Proof.Note("Fast endpoint beside 10 slow ones: p95 from acceptance to arrival", "ms", beside.TotalMilliseconds);
        Proof.Note("Fast endpoint alone: p95 from acceptance to arrival", "ms", alone.TotalMilliseconds);

        // What waits for a slow endpoint waits for its time-out, longer than the sink does. Only a proof, on a machine with time to spare, asks
        // for about as long as alone.
        Assert.InRange(beside, TimeSpan.Zero, TimeSpan.FromSeconds(Proof.Size(60, 5)));
    }

    /// <summary>From the acceptance of an event to its arrival: what 95 of 100 do not exceed.</summary>
    private static async Task<TimeSpan> MeasureAsync(WebhookHost host, WebhookSink sink)
    {
        const int Events = 100;
        var took = new List<TimeSpan>(Events);
        for (var n = 0; n < Events; n++)
        {
            var expected = sink.Received.Count + 1;
            var began = TimeProvider.System.GetUtcNow();
            await host.Publisher.PublishAsync("fast", new { n });
            took.Add((await sink.WaitAsync(expected))[^1].At - began);
        }

        return took.Order().ElementAt((Events * 95 / 100) - 1);
    }
}
