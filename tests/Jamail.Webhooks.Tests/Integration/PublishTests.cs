using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Jamail.Queueing;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class PublishTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_event_goes_to_every_endpoint_whose_filter_takes_it(string database)
    {
        await using var all = WebhookSink.Start();
        await using var orders = WebhookSink.Start();
        await using var mails = WebhookSink.Start();
        await using var others = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await host.CreateAsync(all, "*");
        await host.CreateAsync(orders, "order.*");
        await host.CreateAsync(mails, "email.sent", "order.paid");
        await host.CreateAsync(others, "order", "orders.*", "order.paid.late");
        await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = others.Url }, "another tenant");

        Assert.Equal(3, (await host.Publisher.PublishAsync("order.paid", new { })).Deliveries);

        await Task.WhenAll(all.WaitAsync(1), orders.WaitAsync(1), mails.WaitAsync(1));
        Assert.Empty(others.Received);
        Assert.Equal(0, (await host.Publisher.PublishAsync("nobody.listens", new { }, new PublishOptions { Tenant = "third" })).Deliveries);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_what_is_published_at_the_same_time_each_goes_where_it_belongs(string database)
    {
        await using var orders = WebhookSink.Start();
        await using var ordered = WebhookSink.Start();
        await using var others = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await host.CreateAsync(orders, "order.*");
        await host.Endpoints.CreateAsync(new NewWebhookEndpoint
        {
            Url = ordered.Url, Events = ["in.order"], Settings = new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint },
        });
        await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = others.Url }, "another");

        var told = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => (n % 3) switch
        {
            0 => host.Publisher.PublishAsync("order.paid", new { n }),
            1 => host.Publisher.PublishAsync("in.order", new { n }),
            _ => host.Publisher.PublishAsync("order.paid", new { n }, new PublishOptions { Tenant = "another" }),
        }));

        Assert.All(told, published => Assert.Equal(1, published.Deliveries));
        Assert.Equal(90, told.Select(published => published.Id).Distinct().Count());
        foreach (var (sink, rest) in ((WebhookSink, int)[])[(orders, 0), (ordered, 1), (others, 2)])
        {
            var arrived = await host.ArrivalAsync(sink, 30);
            Assert.Equal(
                Enumerable.Range(0, 90).Where(n => n % 3 == rest).Select(n => ($"msg_{told[n].Id}", $$"""{"n":{{n}}}""")).Order(),
                arrived.Select(request => (request.Headers["webhook-id"], request.Text)).Order());
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_published_in_a_transaction_is_sent_after_its_commit(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:01:00");
        await host.CreateAsync(sink);
        await using (var connection = await OpenAsync(host))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var published = await host.Publisher.PublishAsync("order.paid", new { }, null, transaction);
            Assert.Equal(1, published.Deliveries);
            Assert.Empty(sink.Received);
            await transaction.CommitAsync();
        }

        await sink.WaitAsync(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_published_in_a_transaction_is_delivered_in_the_publishers_trace(string database)
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is QueueingTelemetry.ActivitySourceName or WebhooksTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await host.CreateAsync(sink);
        using var order = new Activity("order") { TraceStateString = "shop=4711" }.Start();
        await using (var connection = await OpenAsync(host))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await host.Publisher.PublishAsync("order.paid", new { }, null, transaction);
            order.Stop();
            await transaction.CommitAsync();
        }

        await sink.WaitAsync(1);
        var ours = await Eventually.Satisfies(
            () => Task.FromResult(spans.Where(span => span.TraceId == order.TraceId).ToLookup(span => span.OperationName)),
            spans => spans.Contains($"process {WebhooksOptions.QueueName}"),
            "the span of the delivery's job");
        var publish = Assert.Single(ours["webhook publish"]);
        var process = Assert.Single(ours[$"process {WebhooksOptions.QueueName}"]);
        var deliver = Assert.Single(ours["webhook deliver"]);
        Assert.Equal((order.SpanId, publish.SpanId, process.SpanId), (publish.ParentSpanId, process.ParentSpanId, deliver.ParentSpanId));
        Assert.Equal("shop=4711", process.TraceStateString);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_rolled_back_is_never_sent(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await using (var connection = await OpenAsync(host))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await host.Publisher.PublishAsync("order.paid", new { N = 1 }, null, transaction);
            await transaction.RollbackAsync();
        }

        // What is published afterwards has passed the same road when it arrives.
        await host.Publisher.PublishAsync("order.paid", new { N = 2 });
        Assert.Equal("""{"n":2}""", Assert.Single(await sink.WaitAsync(1)).Text);
        Assert.Single((await host.History.TryListAsync(endpoint.Id))!.Items);
    }

    [Fact]
    public async Task A_transaction_of_another_database_is_refused_by_name()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);
        await using var connection = new NpgsqlConnection(await PostgresServer.Shared.CreateDatabaseAsync());
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => host.Publisher.PublishAsync("order.paid", new { }, null, transaction));

        Assert.Contains(nameof(NpgsqlTransaction), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SqliteTransaction), refusal.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_event_published_again_under_its_id_is_not_sent_again(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        var options = new PublishOptions { EventId = "order-42-paid" };

        var first = await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options);
        var second = await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options);

        Assert.Equal((first.Id, first.Deliveries, true), (second.Id, second.Deliveries, second.IsRepeat));
        var refusal = await Assert.ThrowsAsync<IdempotencyException>(
            () => host.Publisher.PublishAsync("order.paid", new { N = 2 }, options));
        Assert.False(refusal.IsInFlight);
        Assert.Single((await host.History.TryListAsync(endpoint.Id))!.Items);
    }

    [Theory]
    [InlineData("", "{}", "type")]
    [InlineData("order paid", "{}", "type")]
    [InlineData("order..paid", "{}", "type")]
    [InlineData("order.*", "{}", "type")]
    [InlineData("order.paid\n", "{}", "type")]
    [InlineData("order.paid", "{", "payload")]
    [InlineData("order.paid", """{"a":{"b/c":[1,12345678901234567890]}}""", "payload/a/b~1c/1")]
    public async Task Bad_events_are_refused_with_field_rule_and_fix(string type, string payload, string field)
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Publisher.PublishAsync(type, new RawJson(System.Text.Encoding.UTF8.GetBytes(payload))));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal(field, problem.Field);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public async Task A_payload_of_256_KiB_is_accepted_and_one_byte_more_is_not()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);
        var largest = new string('x', (256 * 1024) - 2);

        await host.Publisher.PublishAsync("order.paid", largest);
        var refusal = await Assert.ThrowsAsync<WebhookPayloadTooLargeException>(
            () => host.Publisher.PublishAsync("order.paid", largest + "x"));

        Assert.Contains("262144", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<DbConnection> OpenAsync(WebhookHost host)
    {
        var text = host.Get<DatabaseSettings>();
        DbConnection connection = text.Dialect == SqlDialect.Postgres
            ? new NpgsqlConnection(text.Target)
            : new SqliteConnection($"Data Source={text.Target};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
