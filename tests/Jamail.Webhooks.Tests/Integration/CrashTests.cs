using System.Data.Common;
using System.Text.Json;
using Dapper;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;
using StackExchange.Redis;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class CrashTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_killed_between_the_2xx_and_its_record_costs_one_more_delivery_with_the_same_id(string database)
    {
        var (answer, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var sink = WebhookSink.Start(new SinkReply(async (stream, stop) =>
        {
            await answer.Task.WaitAsync(stop);
            await SinkReply.Ok.WriteAsync(stream, stop);
            answered.SetResult();
        }));
        await using var host = await WebhookHost.StartAsync(
            database,
            settings =>
            {
                settings["Jamail:Webhooks:Timeout"] = "00:00:04";
                settings["Jamail:Queueing:Workers:webhook-delivery:LockDuration"] = "00:00:03";
                settings["Jamail:Queueing:Workers:webhook-delivery:StalledInterval"] = "00:00:01";
            },
            works: false);
        var (endpoint, _) = await host.CreateAsync(sink);
        await using var child = DotnetProcess.Start("Jamail.Webhooks.Tests.dll", [JsonSerializer.Serialize(host.Settings)]);
        await child.ReadAsync("ready");
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);

        // The child cannot record the answer it has while the test holds what it has to write to.
        await using (await HoldAsync(host))
        {
            answer.SetResult();
            await answered.Task;
            await child.ReadAsync("sent");
            await child.KillAsync();
        }

        await using var other = await host.StartAnotherAsync();

        var requests = await other.ArrivalAsync(sink, 2, TimeSpan.FromSeconds(90));
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal(requests[0].Header("webhook-id"), requests[1].Header("webhook-id"));
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal([null, 200], delivery.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Contains("not known", delivery.Attempts[0].Error, StringComparison.Ordinal);
        await IsChargedOnceAsync(host, endpoint.Id);
        await Eventually.Equal(1, async () => (await host.Inspector.GetCountsAsync()).Completed, "the number of completed jobs");
        Assert.Equal(2, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_killed_between_its_record_and_the_completion_of_the_job_costs_no_delivery(string database)
    {
        var answer = new TaskCompletionSource();
        await using var redis = await RedisServer.StartNewAsync();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(
            database,
            settings =>
            {
                settings["Jamail:Webhooks:Timeout"] = "00:00:10";
                settings["Jamail:Queueing:Workers:webhook-delivery:LockDuration"] = "00:00:03";
                settings["Jamail:Queueing:Workers:webhook-delivery:StalledInterval"] = "00:00:01";
            },
            redis,
            works: false);
        var (endpoint, _) = await host.CreateAsync(sink);
        await using var child = DotnetProcess.Start("Jamail.Webhooks.Tests.dll", [JsonSerializer.Serialize(host.Settings)]);
        await child.ReadAsync("ready");
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);

        // The child can record the answer, and not complete the job while Redis takes no writes.
        using var admin = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},allowAdmin=true");
        await admin.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "600000", "WRITE");
        answer.SetResult();
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        await child.KillAsync();
        await admin.GetDatabase().ExecuteAsync("CLIENT", "UNPAUSE");
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Active);

        await using var other = await host.StartAnotherAsync();

        await Eventually.Equal(1, async () => (await host.Inspector.GetCountsAsync()).Completed, "the number of completed jobs");
        Assert.Single((await host.History.TryListAsync(endpoint.Id))!.Items[0].Attempts);
        await IsChargedOnceAsync(host, endpoint.Id);
        Assert.Single(sink.Received);
    }

    private static async Task IsChargedOnceAsync(WebhookHost host, string webhookId)
    {
        var stats = (await host.History.TryGetStatsAsync(webhookId, DateTimeOffset.UnixEpoch))!;
        Assert.Equal(1, stats.Successes);
        Assert.Null(stats.FailingSince);
        Assert.Equal(
            0,
            await host.Get<Database>().ReadAsync(
                (connection, _) => connection.ExecuteScalarAsync<int>(
                    $"select consecutive_failures from {host.Get<DatabaseSettings>().TablePrefix}webhook_endpoint"),
                default));
    }

    private static async Task<DbConnection> HoldAsync(WebhookHost host)
    {
        var settings = host.Get<DatabaseSettings>();
        DbConnection connection = settings.Dialect == SqlDialect.Postgres
            ? new NpgsqlConnection(settings.Target)
            : new SqliteConnection($"Data Source={settings.Target};Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(settings.Dialect == SqlDialect.Postgres
            ? $"begin; select id from {settings.TablePrefix}webhook_delivery for update"
            : "begin immediate");
        return connection;
    }
}
