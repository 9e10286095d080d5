using System.Collections.Concurrent;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class OrderingTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Three_hosts_deliver_the_events_of_a_key_in_their_order_whatever_fails(string database)
    {
        const int Many = 15;
        string[] keys = ["a", "b", "c"];
        var failed = new ConcurrentDictionary<string, bool>();
        await using var sink = WebhookSink.Start();
        sink.Answer = request => request.Text.EndsWith("3}", StringComparison.Ordinal) && failed.TryAdd(request.Text, true)
            ? SinkReply.Status(500)
            : SinkReply.Ok;
        await using var host = await WebhookHost.StartAsync(database);
        await using var second = await host.StartAnotherAsync();
        await using var third = await host.StartAnotherAsync();
        WebhookHost[] hosts = [host, second, third];
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Key, MaxInFlight = 50 });

        await Task.WhenAll(keys.Select(async key =>
        {
            for (var n = 0; n < Many; n++)
            {
                await hosts[n % hosts.Length].Publisher.PublishAsync(
                    "order.changed", new { Key = key, N = n }, new PublishOptions { OrderingKey = key });
            }
        }));

        await Eventually.True(
            async () => (await host.History.TryListAsync(endpoint.Id, pageSize: 500))!.Items
                .Count(delivery => delivery.Status == DeliveryStatus.Succeeded) == Many * keys.Length,
            "all to be delivered");

        // A repeated request is a retry of the same delivery: between two different ones the number only grows.
        foreach (var key in keys)
        {
            var seen = sink.Received.Select(request => request.Text).Where(text => text.Contains($"\"key\":\"{key}\"", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, Many).Select(n => $$"""{"key":"{{key}}","n":{{n}}}"""), Squeezed(seen));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_that_is_given_up_stops_those_behind_it_until_it_is_resent(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Status(500), SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(
            sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint, BlocksOnFailure = true });

        await host.Publisher.PublishAsync("order.changed", new { N = 0 });
        await host.Publisher.PublishAsync("order.changed", new { N = 1 });

        var stopped = await Eventually.Satisfies(
            async () => (await host.History.TryListAsync(new DeliveryQuery { WebhookId = endpoint.Id, Status = DeliveryStatus.Exhausted }))!.Items,
            items => items.Count == 1,
            "the first one to be given up");
        Assert.Equal(3, sink.Received.Count);

        await host.History.ResendAsync(stopped[0].Id);

        Assert.Equal("""{"n":1}""", (await host.ArrivalAsync(sink, 5))[4].Text);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_a_stop_the_next_follows_one_that_is_given_up_or_cancelled(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Status(500), SinkReply.Status(500), SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(
            sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint, RetrySchedule = "00:00:00.1,00:00:00.1,01:00:00" });
        for (var n = 0; n < 2; n++)
        {
            await host.Publisher.PublishAsync("order.changed", new { N = n });
        }

        // The third attempt of the first one is an hour away: cancelled, it no longer holds up the second.
        await sink.WaitAsync(3);
        var first = await Eventually.Satisfies(
            async () => (await host.History.TryListAsync(endpoint.Id))!.Items.Single(delivery => delivery.Attempts.Count == 3),
            delivery => delivery.Status == DeliveryStatus.Retrying,
            "the first to wait for an hour");
        Assert.Equal(CancelResult.Accepted, await host.History.CancelAsync(first.Id));
        Assert.Equal(CancelResult.Ended, await host.History.CancelAsync(first.Id));

        Assert.Equal("""{"n":1}""", (await host.ArrivalAsync(sink, 5))[4].Text);
        Assert.Equal(DeliveryStatus.Cancelled, (await host.History.TryGetAsync(first.Id))!.Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_order_whose_last_worker_died_before_it_went_on_goes_on(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, works: false);
        await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint });
        var first = await host.Publisher.PublishAsync("order.changed", new { N = 0 });
        await host.Publisher.PublishAsync("order.changed", new { N = 1 });

        // The first one was sent, and its job is gone.
        var id = Assert.Single((await host.History.TryListAsync(new DeliveryQuery { EventId = first.Id }))!.Items).Id;
        await host.ExecuteAsync("update {t}webhook_delivery set status = 4 where id = @id", new { id });
        await host.ExecuteAsync("delete from {t}webhook_job where id = @id", new { id });
        await host.Inspector.RemoveAsync(JobId.Parse($"whd-{id}"));
        await using var worker = await host.StartAnotherAsync();

        Assert.Equal("""{"n":1}""", Assert.Single(await host.ArrivalAsync(sink, 1)).Text);
    }

    private static List<string> Squeezed(IEnumerable<string> texts)
    {
        var squeezed = new List<string>();
        foreach (var text in texts)
        {
            if (squeezed.Count == 0 || squeezed[^1] != text)
            {
                squeezed.Add(text);
            }
        }

        return squeezed;
    }
}
