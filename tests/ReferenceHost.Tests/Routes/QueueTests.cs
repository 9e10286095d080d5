using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

/// <summary>With a host of its own, since pausing disturbs others.</summary>
public sealed class QueueTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new("host");
    private RunningHost _host = null!;
    private Dictionary<string, string> _settings = null!;

    private Api Api => _host.Api;

    public async Task InitializeAsync()
    {
        _settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        _host = await RunningHost.StartAsync(_settings);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_paused_queue_keeps_its_jobs_until_it_is_resumed()
    {
        (await Api.PostAsync("/api/queues/email-sending/pause")).Expect(200);
        var logId = await Api.SendAsync(await Api.CreateAsync(), "anna@example.com");

        var jobs = await Eventually.Satisfies(
            () => Api.GetAsync("/api/queues/email-sending/jobs?state=waiting"),
            reply => reply.Expect(200).Items.Count == 1,
            "the job to wait");
        Assert.Equal(logId, jobs.Items[0].GetProperty("data").GetProperty("logId").GetString());
        Assert.Equal("queued", (await Api.GetAsync($"/api/send-logs/{logId}"))["status"].GetString());
        Assert.True((await Api.GetAsync("/api/queues")).Items
            .Single(item => item.GetProperty("name").GetString() == "email-sending").GetProperty("isPaused").GetBoolean());

        (await Api.PostAsync("/api/queues/email-sending/resume")).Expect(200);
        await SendTests.SentAsync(Api, logId);
    }

    [Fact]
    public async Task A_job_shows_no_secret_and_can_be_removed()
    {
        await using var sink = WebhookSink.Start();
        var secret = $"canary-{Guid.NewGuid():N}";
        (await Api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "order.paid" }, secret })).Expect(201);
        (await Api.PostAsync("/api/queues/webhook-delivery/pause")).Expect(200);
        (await Api.PostAsync("/api/events", new { type = "order.paid", payload = new { id = 1 } })).Expect(202);

        var jobs = await Eventually.Satisfies(
            () => Api.GetAsync("/api/queues/webhook-delivery/jobs"), reply => reply.Expect(200).Items.Count == 1, "the job to wait");
        var id = Uri.EscapeDataString(jobs.Items[0].GetProperty("id").GetString()!);
        var job = (await Api.GetAsync($"/api/queues/webhook-delivery/jobs/{id}")).Expect(200);
        Assert.Equal("***", job["data"].GetProperty("secret").GetString());
        Assert.Equal("waiting", job["state"].GetString());
        Assert.DoesNotContain(secret, jobs.Text + job.Text, StringComparison.Ordinal);

        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/retry")).Expect(409);
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/promote")).Expect(409);
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/cancel", new { then = "fail" })).Expect(422, "reason");
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/cancel", new { reason = "no", then = "hide" })).Expect(422, "then");
        var cancelled = (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/cancel", new { reason = "withdrawn" })).Expect(200);
        Assert.Equal("cancelled", cancelled["result"].GetString());
        Assert.Equal(
            "Cancelled: withdrawn",
            (await Api.GetAsync($"/api/queues/webhook-delivery/jobs/{id}")).Expect(200)["failedReason"].GetString());
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/cancel", new { reason = "again" })).Expect(409);
        (await Api.DeleteAsync($"/api/queues/webhook-delivery/jobs/{id}")).Expect(204);
        (await Api.DeleteAsync($"/api/queues/webhook-delivery/jobs/{id}")).Expect(404);
        (await Api.GetAsync($"/api/queues/webhook-delivery/jobs/{id}")).Expect(404);
    }

    [Fact]
    public async Task A_delayed_job_is_promoted_and_a_completed_one_runs_again()
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Status(500), SinkReply.Status(500));
        (await Api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "order.paid" } })).Expect(201);
        (await Api.PostAsync("/api/events", new { type = "order.paid", payload = new { id = 1 } })).Expect(202);

        var failed = await Eventually.Satisfies(
            () => Api.GetAsync("/api/queues/webhook-delivery/jobs?state=failed"), reply => reply.Expect(200).Items.Count == 1, "the job to fail");
        var id = Uri.EscapeDataString(failed.Items[0].GetProperty("id").GetString()!);
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/promote")).Expect(409);
        (await Api.PostAsync($"/api/queues/webhook-delivery/jobs/{id}/retry")).Expect(200);
        (await Api.PostAsync("/api/queues/webhook-delivery/jobs/nobody/retry")).Expect(404);
    }

    [Fact]
    public async Task A_flow_is_read_as_a_tree_without_jobs_of_queues_the_host_does_not_know()
    {
        await using var producer = Producer();
        var flows = producer.GetRequiredService<IJobFlows>();
        var id = JobId.Choose($"flow-{Guid.NewGuid():N}");
        var added = await flows.AddAsync(new FlowJob("webhook-delivery", "parent", new { secret = "canary" }, new JobOptions { Id = id })
        {
            Children =
            [
                new("webhook-delivery", "child", 1, new JobOptions { Delay = TimeSpan.FromHours(1) }), new("elsewhere", "child", new { n = 2 }),
            ],
        });

        var tree = (await Api.GetAsync($"/api/queues/webhook-delivery/flows/{id}")).Expect(200);

        Assert.Equal(("waiting-children", "***"), (tree["job"].GetProperty("state").GetString()!, tree["job"].GetProperty("data").GetProperty("secret").GetString()!));
        Assert.Equal(2, tree["childCounts"].GetProperty("unfinished").GetInt32());
        var children = tree["children"].EnumerateArray().ToDictionary(child => child.GetProperty("queue").GetString()!);
        Assert.Equal("delayed", children["webhook-delivery"].GetProperty("job").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, children["elsewhere"].GetProperty("job").ValueKind);
        Assert.Equal(added.Children[1].Job.Id.Value, children["elsewhere"].GetProperty("id").GetString());
        Assert.Empty((await Api.GetAsync($"/api/queues/webhook-delivery/flows/{id}?depth=1")).Expect(200)["children"].EnumerateArray());
        (await Api.GetAsync("/api/queues/webhook-delivery/flows/nobody")).Expect(404);
        (await Api.GetAsync("/api/queues/nowhere/flows/1")).Expect(404);
        (await Api.GetAsync($"/api/queues/webhook-delivery/flows/{id}?depth=0")).Expect(422, "depth");
        (await Api.GetAsync($"/api/queues/webhook-delivery/flows/{id}?children=x")).Expect(422, "children");
    }

    private ServiceProvider Producer()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            _settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
            .Build());
        services.AddJamailQueueing();
        return services.BuildServiceProvider();
    }
}
