using Jamail.Queueing;
using Jamail.Shared;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>Jobs of deliveries that were ended: no worker sends them, and those that wait leave the queue.</summary>
public sealed class UnwantedJobsTests
{
    public enum End
    {
        EndpointDeleted,
        Cancelled,
        PayloadRemoved,
    }

    public static TheoryData<string> Databases => Integration.Databases.All;

    public static TheoryData<string, End> Ends
    {
        get
        {
            var all = new TheoryData<string, End>();
            foreach (var end in Enum.GetValues<End>())
            {
                all.Add(Integration.Databases.Postgres, end);
                all.Add(Integration.Databases.Sqlite, end);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_worker_sends_nothing_for_a_job_that_is_added_after_its_delivery_ended(string database, End end)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await StartAsync(database);
        var (endpoint, id) = await PublishAsync(host, sink);
        var read = await host.LoadOutboxAsync(id);
        await EndAsync(host, endpoint, id, end);
        Assert.Equal(JobState.Unknown, await host.JobStateAsync(id));

        await AddAsync(host, read);
        Assert.Equal(JobState.Waiting, await host.JobStateAsync(id));
        await using var worker = await host.StartAnotherAsync();

        await Eventually.Equal(JobState.Completed, () => host.JobStateAsync(id), "state of the job");
        Assert.Equal(StatusAfter(end), (await host.History.TryGetAsync(id))!.Status);
        Assert.Empty(sink.Received);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_job_that_the_outbox_adds_after_its_delivery_ended_leaves_the_queue(string database, End end)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await StartAsync(database);
        var (endpoint, id) = await PublishAsync(host, sink);
        var read = await host.LoadOutboxAsync(id);
        await EndAsync(host, endpoint, id, end);

        await AddAsync(host, read);
        await ConfirmAsync(host, read);

        Assert.Equal(JobState.Unknown, await host.JobStateAsync(id));
        Assert.Equal(StatusAfter(end), (await host.History.TryGetAsync(id))!.Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_its_publisher_adds_after_the_endpoint_was_deleted_is_discarded_and_leaves_the_queue(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await StartAsync(database);
        var (endpoint, id) = await PublishAsync(host, sink);
        var read = await host.LoadOutboxAsync(id);
        await EndAsync(host, endpoint, id, End.EndpointDeleted);

        // As if the publisher, who had read the endpoint before its deletion, had stored the delivery after it.
        await host.ExecuteAsync("update {t}webhook_delivery set status = 0");
        await host.ExecuteAsync(
            "insert into {t}webhook_job (id, webhook_id, state, due_at, wanted_at) values (@id, @endpoint, 1, @lease, 0)",
            new { id, endpoint, lease = read.LeasedUntil });
        await AddAsync(host, read);
        await ConfirmAsync(host, read);

        Assert.Equal(JobState.Unknown, await host.JobStateAsync(id));
        Assert.Equal(DeliveryStatus.Discarded, (await host.History.TryGetAsync(id))!.Status);
        Assert.Equal(0, await host.ScalarAsync<int>("select count(*) from {t}webhook_job"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_committed_after_the_deletion_of_its_endpoint_is_discarded_unsent(bool works)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Postgres, works: works);
        var (endpoint, _) = await host.CreateAsync(sink);
        await using var connection = new NpgsqlConnection(host.Get<DatabaseSettings>().Target);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await host.Publisher.PublishAsync("order.paid", new { }, null, transaction);
        Assert.True(await host.Endpoints.TryDeleteAsync(endpoint.Id));

        await transaction.CommitAsync();

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Discarded);
        Assert.Equal(JobState.Unknown, await host.JobStateAsync(delivery.Id));
        Assert.Empty(sink.Received);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_410_the_jobs_that_wait_for_the_endpoint_leave_the_queue(string database)
    {
        var answer = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Status(410)));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        await host.CreateAsync(sink, new WebhookEndpointSettings { MaxInFlight = 1 });
        var first = await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);
        await host.Inspector.PauseAsync();
        var second = await host.Publisher.PublishAsync("order.paid", new { });
        var (id, waiting) = (await IdAsync(host, first), await IdAsync(host, second));
        await Eventually.Equal(JobState.Waiting, () => host.JobStateAsync(waiting), "state of the second job");

        answer.SetResult();

        await Eventually.Equal(JobState.Failed, () => host.JobStateAsync(id), "state of the first job");
        Assert.Equal(JobState.Unknown, await host.JobStateAsync(waiting));
        Assert.Equal(DeliveryStatus.Discarded, (await host.History.TryGetAsync(waiting))!.Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_removed_payload_is_in_no_job_any_more_whether_it_waits_or_has_ended(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        var published = await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded)).Id;
        await host.History.ResendAsync(id);
        string[] jobs = [$"whd-{id}", $"whd-{id}-2"];
        foreach (var job in jobs)
        {
            await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(JobId.Parse(job)), $"state of {job}");
        }

        Assert.True(await host.Events.TryExpungeAsync(published.Id));

        foreach (var job in jobs)
        {
            Assert.Null(await host.Inspector.TryGetJobAsync(JobId.Parse(job)));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task With_Redis_away_an_endpoint_is_deleted_all_the_same_and_its_job_sends_nothing_afterwards(string database)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, redis: redis);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Inspector.PauseAsync();
        await host.Publisher.PublishAsync("order.paid", new { });
        await Eventually.Equal(1, async () => (await host.Inspector.GetCountsAsync()).Waiting, "the number of waiting jobs");
        await redis.StopAsync();

        Assert.True(await host.Endpoints.TryDeleteAsync(endpoint.Id));

        await redis.StartAsync();
        await host.Inspector.ResumeAsync();
        await Eventually.True(async () => await host.Inspector.GetCountsAsync() is { Waiting: 0, Active: 0 }, "the queue to be empty");
        Assert.Equal(DeliveryStatus.Discarded, Assert.Single((await host.History.TryListAsync(endpoint.Id))!.Items).Status);
        Assert.Empty(sink.Received);
    }

    private static Task<WebhookHost> StartAsync(string database) => WebhookHost.StartAsync(
        database, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:10:00", works: false);

    private static async Task<(string Endpoint, string Delivery)> PublishAsync(WebhookHost host, WebhookSink sink)
    {
        var (endpoint, _) = await host.CreateAsync(sink);
        var id = await IdAsync(host, await host.Publisher.PublishAsync("order.paid", new { }));
        await Eventually.Equal(JobState.Waiting, () => host.JobStateAsync(id), "state of the job");
        await Eventually.Equal(
            OutboxJobState.Confirmed, () => host.ScalarAsync<int>("select state from {t}webhook_job"), "state of the row");
        return (endpoint.Id, id);
    }

    private static async Task<string> IdAsync(WebhookHost host, PublishedEvent published) =>
        Assert.Single((await host.History.TryListAsync(new DeliveryQuery { EventId = published.Id }))!.Items).Id;

    private static async Task EndAsync(WebhookHost host, string endpoint, string delivery, End end)
    {
        switch (end)
        {
            case End.EndpointDeleted:
                Assert.True(await host.Endpoints.TryDeleteAsync(endpoint));
                break;
            case End.Cancelled:
                Assert.Equal(CancelResult.Accepted, await host.History.CancelAsync(delivery));
                break;
            default:
                Assert.True(await host.Events.TryExpungeAsync((await host.History.TryGetAsync(delivery))!.EventId));
                break;
        }
    }

    private static DeliveryStatus StatusAfter(End end) => end == End.EndpointDeleted ? DeliveryStatus.Discarded : DeliveryStatus.Cancelled;

    // As an outbox does that leased the row before its delivery ended.
    private static async Task AddAsync(WebhookHost host, OutboxDelivery read)
    {
        read.LeasedUntil = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        await host.Queue.AddManyAsync([host.Get<IOutboxStore<OutboxDelivery>>().CreateJob(read)]);
    }

    private static Task ConfirmAsync(WebhookHost host, OutboxDelivery read) =>
        host.Get<IOutboxStore<OutboxDelivery>>().ConfirmAsync([read], "epoch", checkAt: read.LeasedUntil, default);
}
