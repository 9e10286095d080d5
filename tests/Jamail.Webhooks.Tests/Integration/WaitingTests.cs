using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>What makes a delivery wait costs it no attempt.</summary>
public sealed class WaitingTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Retry_after_an_hour_costs_no_attempt(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500, headers: ("retry-after", "3600")));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        Assert.InRange(
            delivery.NextAttemptAt!.Value - delivery.Attempts[0].At, TimeSpan.FromSeconds(3599), TimeSpan.FromSeconds(3660));
        var id = JobId.Parse($"whd-{delivery.Id}");
        await Eventually.Satisfies(
            () => host.Inspector.TryGetJobAsync(id),
            job => job is { State: JobState.Delayed, AttemptsMade: 1 } && job.AttemptsStarted >= 2,
            "the job to have come at its scheduled time and to wait on");
        Assert.Single(sink.Received);

        Assert.Equal(ResendResult.Accepted, await host.History.ResendAsync(delivery.Id));
        await host.DeliveryAsync(endpoint.Id, found => found is { Status: DeliveryStatus.Succeeded, Attempts.Count: 2 }, "success");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_open_circuit_keeps_attempts_and_lets_one_request_find_out(string database)
    {
        const int Many = 30;
        var isWell = false;
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => Volatile.Read(ref isWell) ? SinkReply.Ok : SinkReply.Status(500);
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:CircuitFailures"] = "3";
            settings["Jamail:Webhooks:CircuitOpen"] = "00:00:00.500";
            settings["Jamail:Webhooks:CircuitOpenAtMost"] = "00:00:01";
            settings["Jamail:Webhooks:MaxInFlight"] = "2";
            for (var wait = 2; wait < 10; wait++)
            {
                settings[$"Jamail:Webhooks:RetrySchedule:{wait}"] = "00:00:00.100";
            }
        });
        var (endpoint, _) = await host.CreateAsync(sink);

        await Task.WhenAll(Enumerable.Range(0, Many).Select(n => host.Publisher.PublishAsync("order.paid", new { n })));

        // Three failures and what was under way beside them: then one request for each time it half opens, half a second or more apart.
        var times = (await sink.WaitAsync(7, TimeSpan.FromSeconds(60))).Select(request => request.At).ToList();
        Assert.All(Enumerable.Range(5, times.Count - 5), n => Assert.True(times[n] - times[n - 1] > TimeSpan.FromMilliseconds(450), string.Join(' ', times)));
        Volatile.Write(ref isWell, true);
        var all = await Eventually.Satisfies(
            async () => (await host.History.TryListAsync(endpoint.Id))!.Items,
            items => items.All(delivery => delivery.Status == DeliveryStatus.Succeeded),
            "all to arrive once the endpoint is well");
        Assert.Equal(Many, all.Count);
        Assert.All(all, delivery => Assert.InRange(delivery.Attempts.Count, 1, 9));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_more_requests_than_allowed_are_under_way_over_two_hosts(string database)
    {
        const int Many = 24;
        var (now, most) = (0, 0);
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => new SinkReply(
            async (stream, stop) =>
            {
                var under = Interlocked.Increment(ref now);
                InterlockedMax(ref most, under);
                await Task.Delay(20, stop);
                Interlocked.Decrement(ref now);
                await SinkReply.Ok.WriteAsync(stream, stop);
            },
            KeepsConnection: true);
        await using var host = await WebhookHost.StartAsync(database);
        await using var other = await host.StartAnotherAsync();
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { MaxInFlight = 2 });

        await Task.WhenAll(Enumerable.Range(0, Many).Select(n => host.Publisher.PublishAsync("order.paid", new { n })));

        await host.ArrivalAsync(sink, Many);
        Assert.Equal(2, most);
        var all = await Eventually.Satisfies(
            async () => (await host.History.TryListAsync(endpoint.Id))!.Items,
            items => items.All(delivery => delivery.Status == DeliveryStatus.Succeeded),
            "all to succeed");
        Assert.All(all, delivery => Assert.Single(delivery.Attempts));
        Assert.Equal(Many, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waits_for_a_place_goes_one_after_the_other_once_there_is_one(string database)
    {
        const int Many = 300;
        var isFree = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(isFree.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        await using var other = await host.StartAnotherAsync();
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { MaxInFlight = 1 });

        await Task.WhenAll(Enumerable.Range(0, Many).Select(n => host.Publisher.PublishAsync("order.paid", new { n })));
        await Eventually.Satisfies(
            () => host.Inspector.GetCountsAsync(), counts => counts.Delayed >= Many * 9 / 10, "nearly all to wait outside of the slots");
        isFree.SetResult();

        var requests = await host.ArrivalAsync(sink, Many);
        Assert.Equal(Many, requests.Select(request => request.Text).Distinct().Count());
        await Eventually.Satisfies(
            () => host.History.TryGetStatsAsync(endpoint.Id, DateTimeOffset.UnixEpoch),
            stats => stats is { Attempts: Many, Successes: Many } && stats.Deliveries.GetValueOrDefault(DeliveryStatus.Succeeded) == Many,
            "all to succeed at their first attempt");
        Assert.Equal(Many, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_rate_is_kept_after_one_second_at_once(string database)
    {
        const int Rate = 20;
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await host.CreateAsync(sink, new WebhookEndpointSettings { RatePerSecond = Rate, MaxInFlight = 100 });

        var began = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, Rate * 3).Select(n => host.Publisher.PublishAsync("order.paid", new { n })));

        var took = (await host.ArrivalAsync(sink, Rate * 3)).Max(request => request.At) - began;
        Assert.True(took >= TimeSpan.FromSeconds(1.9), $"{Rate * 3} requests took only {took}.");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
