using Jamail.Queueing;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class EventTypeTests
{
    private const string Schema = """{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}""";

    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_payload_that_breaks_its_schema_is_refused_told_or_let_through_as_the_type_says(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);

        await PutAsync(WebhookSchemaMode.Reject);
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => host.Publisher.PublishAsync("order.paid", new { Id = "x", N = 1 }));
        Assert.Equal("payload/id", Assert.Single(refusal.Problems).Field);
        await host.Publisher.PublishAsync("order.paid", new { Id = 1 });
        await host.Publisher.PublishAsync("order.paid", new { }, new PublishOptions { Tenant = "another" });

        await PutAsync(WebhookSchemaMode.Warn);
        await host.Publisher.PublishAsync("order.paid", new { });
        Assert.Contains("3009", host.Log.Text, StringComparison.Ordinal);

        await PutAsync(WebhookSchemaMode.Off);
        await host.Publisher.PublishAsync("order.paid", new { });

        var type = await host.EventTypes.TryGetAsync("order.paid");
        Assert.Equal((Schema, WebhookSchemaMode.Off), (type!.Schema, type.Validate));
        Assert.Null(await host.EventTypes.TryGetAsync("order.paid", "another"));
        Assert.Equal("order.paid", Assert.Single((await host.EventTypes.ListAsync()).Items).Name);
        Assert.True(await host.EventTypes.TryDeleteAsync("order.paid"));
        Assert.False(await host.EventTypes.TryDeleteAsync("order.paid"));

        Task PutAsync(WebhookSchemaMode mode) =>
            host.EventTypes.PutAsync(new WebhookEventType { Name = "order.paid", Schema = Schema, Validate = mode });
    }

    [Fact]
    public async Task A_bad_type_is_refused_with_everything_that_is_wrong()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => host.EventTypes.PutAsync(
            new WebhookEventType { Name = "no name", Schema = Schema, Example = """{"id":"x"}""", Redact = ["customer"] }));

        Assert.Equal(["example/id", "name", "redact"], refusal.Problems.Select(problem => problem.Field).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Endpoints_narrow_by_channel_and_by_content(string database)
    {
        await using var everything = WebhookSink.Start();
        await using var large = WebhookSink.Start();
        await using var europe = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await host.CreateAsync(everything);
        await host.CreateAsync(large, new WebhookEndpointSettings { Filter = """{"properties":{"total":{"minimum":100}},"required":["total"]}""" });
        await host.CreateAsync(europe, new WebhookEndpointSettings { Channels = ["eu", "uk"] });

        Assert.Equal(2, (await host.Publisher.PublishAsync("order.paid", new { Total = 100 })).Deliveries);
        Assert.Equal(1, (await host.Publisher.PublishAsync("order.paid", new { Total = 99 })).Deliveries);
        Assert.Equal(2, (await host.Publisher.PublishAsync("order.paid", new { }, new PublishOptions { Channels = ["us", "uk"] })).Deliveries);
        Assert.Equal(1, (await host.Publisher.PublishAsync("order.paid", new { }, new PublishOptions { Channels = ["us"] })).Deliveries);

        await host.ArrivalAsync(everything, 4);
        Assert.Equal("""{"total":100}""", Assert.Single(await host.ArrivalAsync(large, 1)).Text);
        Assert.Single(await host.ArrivalAsync(europe, 1));
    }

    [Fact]
    public async Task While_the_first_call_of_a_key_runs_another_is_told_so_and_after_it_the_answer()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Postgres);
        await host.EventTypes.ListAsync(); // Waits for the tables.
        var options = new PublishOptions { IdempotencyKey = "call-1" };
        await using var connection = new NpgsqlConnection(host.Settings["Jamail:Database"]);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var first = await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options, transaction);

        var busy = await Assert.ThrowsAsync<IdempotencyException>(() => host.Publisher.PublishAsync("order.paid", new { N = 1 }, options));
        Assert.True(busy.IsInFlight);
        await transaction.CommitAsync();

        Assert.Equal(first.Id, (await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options)).Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_call_repeated_under_its_idempotency_key_publishes_once(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var options = new PublishOptions { IdempotencyKey = "call-1" };

        var calls = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            try
            {
                return (await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options)).Id;
            }
            catch (IdempotencyException exception) when (exception.IsInFlight)
            {
                return null;
            }
        }));
        var last = await host.Publisher.PublishAsync("order.paid", new { N = 1 }, options);

        Assert.True(last.IsRepeat);
        Assert.All(calls.Where(id => id is not null), id => Assert.Equal(last.Id, id));
        Assert.False((await Assert.ThrowsAsync<IdempotencyException>(() => host.Publisher.PublishAsync("order.paid", new { N = 2 }, options))).IsInFlight);
        foreach (var other in (PublishOptions[])[options with { OccurredAt = DateTimeOffset.UnixEpoch }, options with { KeepPayload = TimeSpan.FromDays(2) }])
        {
            Assert.False((await Assert.ThrowsAsync<IdempotencyException>(() => host.Publisher.PublishAsync("order.paid", new { N = 1 }, other))).IsInFlight);
        }

        Assert.False((await host.Publisher.PublishAsync("order.paid", new { N = 2 }, options with { Tenant = "another" })).IsRepeat);
        Assert.Single((await host.Events.ListAsync(new WebhookEventQuery())).Items);
    }
}
