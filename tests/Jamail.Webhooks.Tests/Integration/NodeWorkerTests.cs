using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class NodeWorkerTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Node_and_dotnet_workers_on_one_queue_send_the_same_bytes(string database)
    {
        const int Many = 60;
        var nodeHasCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => SinkReply.After(nodeHasCome.Task, SinkReply.Ok);
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Concurrency"] = "5");
        await using var node = await StartNodeAsync(host);
        var (endpoint, secret) = await host.CreateAsync(sink);
        await host.Inspector.PauseAsync();
        for (var n = 0; n < Many; n++)
        {
            await host.Publisher.PublishAsync("order.paid", new Dictionary<string, object> { ["b"] = 1.50m, ["2"] = "naïve ✓ <a>", ["n"] = n, ["1"] = 1e21 });
        }

        await host.Inspector.ResumeAsync();
        await Eventually.True(
            () => sink.Received.Any(request => request.Header("user-agent")!.StartsWith("node-worker", StringComparison.Ordinal)), "a request of Node");
        nodeHasCome.SetResult();

        var requests = await host.ArrivalAsync(sink, Many);
        Assert.Equal(
            Enumerable.Range(0, Many).Select(n => $$"""{"1":1e+21,"2":"naïve ✓ <a>","b":1.5,"n":{{n}}}""").Order(StringComparer.Ordinal),
            requests.Select(request => request.Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Jamail-Webhooks", "node-worker"],
            requests.Select(request => request.Header("user-agent")!.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(requests, request => Assert.Equal(
            WebhookVerification.Genuine, WebhookSignature.VerifyHex(request.Body, request.Header("x-jamail-signature"), [secret])));
        await Eventually.Equal(
            Many,
            async () => (await host.History.TryListAsync(new DeliveryQuery { WebhookId = endpoint.Id, Status = DeliveryStatus.Succeeded, PageSize = 500 }))!.Items.Count,
            "the number of successes, also of what Node delivered");
        Assert.Equal(Many, sink.Received.Count);
    }

    [Fact]
    public async Task An_order_is_kept_by_node_workers_too_and_goes_on_as_they_finish()
    {
        const int Many = 6;
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            Integration.Databases.Sqlite, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:05:00", works: false);
        await using var node = await StartNodeAsync(host);
        await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint });
        for (var n = 0; n < Many; n++)
        {
            await host.Publisher.PublishAsync("order.changed", new { n });
        }

        var requests = await host.ArrivalAsync(sink, Many);
        Assert.Equal(Enumerable.Range(0, Many).Select(n => $$"""{"n":{{n}}}"""), requests.Select(request => request.Text));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_address_and_secret_reach_jobs_that_wait_for_node_workers(string database)
    {
        const int Many = 3;
        await using var old = WebhookSink.Start();
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, works: false);
        var (endpoint, _) = await host.CreateAsync(old);
        for (var n = 0; n < Many; n++)
        {
            await host.Publisher.PublishAsync("order.paid", new { n });
        }

        await Eventually.Equal(Many, async () => (await host.Inspector.GetCountsAsync()).Waiting, "the number of waiting jobs");
        var secret = await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation { Grace = TimeSpan.Zero });
        await host.Endpoints.TryUpdateAsync(endpoint.Id, new WebhookEndpointChange { Url = sink.Url });
        await using var node = await StartNodeAsync(host);

        var requests = await host.ArrivalAsync(sink, Many);
        Assert.All(requests, request => Assert.Equal(
            WebhookVerification.Genuine, WebhookSignature.VerifyHex(request.Body, request.Header("x-jamail-signature"), [secret!])));
        Assert.Equal(Many, requests.Select(request => request.Text).Distinct().Count());
        Assert.Empty(old.Received);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_node_worker_sends_nothing_to_an_endpoint_that_was_deleted_while_its_jobs_waited(string database)
    {
        const int Many = 3;
        await using var gone = WebhookSink.Start();
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, works: false);
        var (endpoint, _) = await host.CreateAsync(gone, "order.*");
        await host.CreateAsync(sink, "last");
        for (var n = 0; n < Many; n++)
        {
            await host.Publisher.PublishAsync("order.paid", new { n });
        }

        await host.Publisher.PublishAsync("last", new { });
        await Eventually.Equal(Many + 1, async () => (await host.Inspector.GetCountsAsync()).Waiting, "the number of waiting jobs");
        await host.Endpoints.TryDeleteAsync(endpoint.Id);
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Waiting);
        await using var node = await StartNodeAsync(host);

        await host.ArrivalAsync(sink, 1);
        await Eventually.Satisfies(() => host.Inspector.GetCountsAsync(), counts => counts is { Waiting: 0, Active: 0 }, "all jobs to be done");
        Assert.Empty(gone.Received);
    }

    [Fact]
    public async Task The_back_off_strategy_of_the_documentation_waits_as_the_job_says()
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Status(500), SinkReply.Ok);
        await using var host = await WebhookHost.StartAsync(
            Integration.Databases.Sqlite,
            settings =>
            {
                settings["Jamail:Webhooks:RetrySchedule:0"] = "00:00:00.300";
                settings["Jamail:Webhooks:RetrySchedule:1"] = "00:00:00.600";
            },
            works: false);
        await using var node = await StartNodeAsync(host);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var times = (await host.ArrivalAsync(sink, 3)).Select(request => request.At).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(290), $"The first wait was {times[1] - times[0]}.");
        Assert.True(times[2] - times[1] >= TimeSpan.FromMilliseconds(590), $"The second wait was {times[2] - times[1]}.");
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
    }

    private static async Task<NodeProcess> StartNodeAsync(WebhookHost host)
    {
        var node = await NodeProcess.StartAsync(
            "deliver-webhooks.mjs",
            [RedisServer.Shared.Url, host.Settings["Jamail:Queueing:Prefix"]!, Repository.PathOf("docs", "wire", "backoff.md")]);
        await node.ReadAsync("ready");
        return node;
    }
}
