using Jamail.Shared;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class OutboxTests
{
    private const int Many = 1000;

    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Redis_emptied_while_deliveries_wait_loses_none_and_repeats_none(string database)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, redis: redis);
        await host.CreateAsync(sink);
        await host.Inspector.PauseAsync();
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (n, token) =>
            await host.Publisher.PublishAsync("order.paid", new { n }, cancellationToken: token));
        await Eventually.Equal(Many, async () => (await host.Inspector.GetCountsAsync()).Waiting, "the number of waiting jobs");

        await redis.FlushAllAsync();

        var requests = await host.ArrivalAsync(sink, Many, TimeSpan.FromSeconds(90));
        Assert.Equal(Many, requests.Select(request => request.Text).Distinct().Count());
        await Eventually.True(
            async () => await host.Inspector.GetCountsAsync() is { Waiting: 0, Active: 0, Delayed: 0 }, "the queue to be empty");
        Assert.Equal(Many, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task With_redis_away_an_event_is_accepted_and_sent_when_it_is_back(string database)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, redis: redis);
        await host.CreateAsync(sink);
        await redis.StopAsync();

        var published = await host.Publisher.PublishAsync("order.paid", new { });

        Assert.Equal(1, published.Deliveries);
        await redis.StartAsync();
        await host.ArrivalAsync(sink, 1, TimeSpan.FromSeconds(60));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_job_that_was_wanted_after_another_was_added_is_not_confirmed_by_that_one(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:10:00", works: false);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.History.TryListAsync(endpoint.Id))!.Items[0].Id;
        await Eventually.Equal(OutboxJobState.Confirmed, StateAsync, "the job to be confirmed");
        var (before, after) = (1L, TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds());
        await host.ExecuteAsync("update {t}webhook_job set state = 1, due_at = @after", new { after });

        await ConfirmAsync(before);
        Assert.Equal(OutboxJobState.Wanted, await StateAsync());
        await ConfirmAsync(after);
        Assert.Equal(OutboxJobState.Confirmed, await StateAsync());

        async Task ConfirmAsync(long lease)
        {
            var row = await host.LoadOutboxAsync(id);
            row.LeasedUntil = lease;
            await host.Get<IOutboxStore<OutboxDelivery>>().ConfirmAsync([row], "epoch", checkAt: after, default);
        }

        Task<int> StateAsync() => host.ScalarAsync<int>("select state from {t}webhook_job");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_queue_tells_of_an_earlier_job_settles_nothing(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:10:00", works: false);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.History.TryListAsync(endpoint.Id))!.Items[0].Id;
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();

        Assert.Equal(DeliveryStatus.Pending, await SettleAsync(at: 1, seq: 1)); // Before this job was wanted.
        Assert.Equal(DeliveryStatus.Pending, await SettleAsync(later, seq: 2)); // Of another job.
        Assert.Equal(DeliveryStatus.Succeeded, await SettleAsync(later, seq: 1));

        async Task<DeliveryStatus> SettleAsync(long at, int seq)
        {
            await host.Get<IOutboxStore<OutboxDelivery>>().SettleAsync(
                [new OutboxFinding(id, OutboxFindingKind.Completed, at) { JobSeq = seq }], later, default);
            return (await host.History.TryGetAsync(id))!.Status;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_that_only_publishes_leaves_the_sending_to_others(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var producer = await WebhookHost.StartAsync(database, works: false);
        var (endpoint, _) = await producer.CreateAsync(sink);
        await producer.Publisher.PublishAsync("order.paid", new { });
        await Eventually.Equal(1, async () => (await producer.Inspector.GetCountsAsync()).Waiting, "the number of waiting jobs");
        Assert.Empty(sink.Received);

        await using var worker = await producer.StartAnotherAsync();

        await producer.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_stopping_host_hands_its_deliveries_over(string database)
    {
        var gate = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(gate.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:Timeout"] = "00:00:30";
            settings["Jamail:Queueing:Workers:webhook-delivery:DrainTimeout"] = "00:00:00";
        });
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await sink.WaitAsync(1);

        await host.StopAsync();
        await using var other = await host.StartAnotherAsync();

        var delivery = await other.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Contains("stopped", delivery.Attempts[0].Error, StringComparison.Ordinal);
        Assert.Equal(200, delivery.Attempts[1].StatusCode);
        Assert.Equal(2, sink.Received.Count);
    }
}
