using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class DeletionTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Jobs_that_wait_for_a_deleted_endpoint_leave_the_queue_and_those_of_others_stay(string database)
    {
        const int Many = 3;
        await using var sink = WebhookSink.Start(SinkReply.Status(500));
        await using var other = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        await Eventually.Equal(1, async () => (await host.Inspector.GetCountsAsync()).Delayed, "the number of delayed jobs");
        await host.Inspector.PauseAsync();
        var (living, _) = await host.CreateAsync(other);
        for (var n = 0; n < Many; n++)
        {
            await host.Publisher.PublishAsync("order.paid", new { n });
        }

        var deliveries = (await host.History.TryListAsync(endpoint.Id))!.Items;
        Assert.Equal(Many + 1, deliveries.Count);
        await Eventually.True(async () => !(await StatesAsync()).Contains(JobState.Unknown), "all to have their jobs");

        Assert.True(await host.Endpoints.TryDeleteAsync(endpoint.Id));

        Assert.All(await StatesAsync(), state => Assert.Equal(JobState.Unknown, state));
        foreach (var delivery in deliveries)
        {
            Assert.Equal(DeliveryStatus.Discarded, (await host.History.TryGetAsync(delivery.Id))!.Status);
            Assert.False(await RedisServer.Shared.Database.KeyExistsAsync(
                $"{host.Settings["Jamail:Queueing:Prefix"]}:{WebhooksOptions.QueueName}:whd-{delivery.Id}"));
        }

        await host.Inspector.ResumeAsync();
        await host.ArrivalAsync(other, Many);
        await Eventually.True(
            async () => (await host.History.TryListAsync(living.Id))!.Items.All(delivery => delivery.Status == DeliveryStatus.Succeeded),
            "the other endpoint's deliveries to succeed");
        Assert.Single(sink.Received);

        async Task<JobState[]> StatesAsync() =>
            await Task.WhenAll(deliveries.Select(delivery => host.Inspector.GetStateAsync(JobId.Parse($"whd-{delivery.Id}"))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_job_that_is_under_way_when_its_endpoint_is_deleted_ends_by_itself(string database)
    {
        var answer = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);
        var id = (await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Sending)).Id;

        Assert.True(await host.Endpoints.TryDeleteAsync(endpoint.Id));
        answer.SetResult();

        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(JobId.Parse($"whd-{id}")), "state of the job");
        Assert.Equal(DeliveryStatus.Succeeded, (await host.History.TryGetAsync(id))!.Status);
    }
}
