using System.Text;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>What producers put on the queue, and what we do.</summary>
public sealed class DeliveryJobTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_job_of_a_node_producer_is_delivered_as_it_is_written_and_gets_its_rows(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        const string Payload = """{"b":1.50,"a":"\u00e9"}""";

        await AddAsync(host, $$"""
            {"deliveryId":4711,"webhookId":"w1","url":"{{sink.Url}}","secret":"jamail-legacy-secret","event":"order.paid","payload":{{Payload}}}
            """);

        var request = Assert.Single(await sink.WaitAsync(1));
        Assert.Equal(Payload, request.Text);
        var delivery = await Eventually.Satisfies(
            () => host.History.TryGetAsync("4711"), found => found?.Status == DeliveryStatus.Succeeded, "a row");
        Assert.Equal("w1", delivery!.WebhookId);
        Assert.Equal($"msg_{delivery.EventId}", request.Header("webhook-id"));
        Assert.Equal(200, Assert.Single(delivery.Attempts).StatusCode);
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.VerifyHex(
                request.Body, request.Header("x-jamail-signature"), [WebhookSecret.Parse("jamail-legacy-secret")]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Several_jobs_of_one_delivery_at_once_or_after_it_send_it_once(string database)
    {
        const int Jobs = 10;
        var isFree = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(isFree.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);
        var delivery = (await host.History.TryListAsync(endpoint.Id))!.Items[0];
        var job = await host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{delivery.Id}"));

        for (var n = 0; n < Jobs; n++)
        {
            await host.Queue.AddAsync("deliver-webhook", new RawJson(Encoding.UTF8.GetBytes(job!.Data)), new JobOptions { Id = JobId.Choose($"again-{n}") });
        }

        await Eventually.Satisfies(
            () => host.Inspector.GetCountsAsync(), counts => counts is { Waiting: 0, Delayed: Jobs }, "the others to wait for the claim's end");
        Assert.Equal(DeliveryStatus.Sending, (await host.History.TryGetAsync(delivery.Id))!.Status);
        isFree.SetResult();
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        for (var n = 0; n < Jobs; n++)
        {
            await host.Inspector.PromoteAsync(JobId.Parse($"again-{n}"));
        }

        await Eventually.Satisfies(
            () => host.Inspector.GetCountsAsync(), counts => counts is { Waiting: 0, Delayed: 0, Active: 0, Failed: 0 }, "all jobs to be done");
        Assert.Single(sink.Received);
        Assert.Single((await host.History.TryGetAsync(delivery.Id))!.Attempts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_payload_that_a_producer_serialised_itself_is_sent_as_its_text(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);

        await AddAsync(host, $$"""
            {"deliveryId":"x","webhookId":"w1","url":"{{sink.Url}}","secret":"jamail-legacy-secret","event":"e","payload":"{\"a\": 1}"}
            """);

        Assert.Equal("""{"a": 1}""", Assert.Single(await sink.WaitAsync(1)).Text);
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "/deliveryId")]
    [InlineData("""{"deliveryId":true,"webhookId":"w","url":"u","secret":"s","event":"e","payload":1}""", "/deliveryId")]
    [InlineData("""{"deliveryId":"d","webhookId":"w","url":5,"secret":"s","event":"e","payload":1}""", "/url")]
    [InlineData("""{"deliveryId":"d","webhookId":"w","url":"u","secret":"s","event":"e"}""", "/payload")]
    [InlineData("""{"deliveryId":"d","webhookId":"w","url":"u","secret":"tooshort","event":"e","payload":1}""", "/secret")]
    public async Task A_job_of_the_wrong_shape_fails_at_once_and_the_worker_goes_on(string data, string path)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);
        var (endpoint, _) = await host.CreateAsync(sink);

        var id = await AddAsync(host, data);

        var job = await Eventually.Satisfies(
            () => host.Inspector.TryGetJobAsync(id), found => found?.FailedReason is not null, "the job to fail");
        Assert.Contains(path, job!.FailedReason, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", job.FailedReason, StringComparison.Ordinal);
        Assert.Equal(1, job.AttemptsMade);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Without_node_workers_neither_body_nor_secret_leave_the_database(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:NodeWorkers"] = "false");
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { Canary = "c4n4ry" });

        Assert.Equal("""{"canary":"c4n4ry"}""", Assert.Single(await sink.WaitAsync(1)).Text);
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        var job = await host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{delivery.Id}"));
        Assert.Equal("deliver-webhook-ref", job!.Name);
        Assert.Equal($$"""{"deliveryId":"{{delivery.Id}}","webhookId":"{{endpoint.Id}}","event":"order.paid"}""", job.Data);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_job_carries_exactly_what_other_workers_expect_and_shows_no_secret(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, secret) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { B = 1 });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        var key = $"{host.Settings["Jamail:Queueing:Prefix"]}:webhook-delivery:whd-{delivery.Id}";
        var data = (string)(await RedisServer.Shared.Database.HashGetAsync(key, "data"))!;
        Assert.Equal(
            $$$"""{"deliveryId":"{{{delivery.Id}}}","webhookId":"{{{endpoint.Id}}}","url":"{{{sink.Url}}}","secret":"{{{secret.Reveal()}}}","event":"order.paid","payload":{"b":1}}""",
            data.Replace("\\u002B", "+", StringComparison.Ordinal));
        var job = await host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{delivery.Id}"));
        Assert.Contains("\"secret\":\"***\"", job!.Data.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Reveal(), host.Log.Text, StringComparison.Ordinal);
    }

    private static Task<JobId> AddAsync(WebhookHost host, string data) =>
        host.Queue.AddAsync("deliver-webhook", new RawJson(Encoding.UTF8.GetBytes(data)));
}
