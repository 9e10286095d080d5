using System.Data.Common;
using Dapper;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>A database of an earlier version, with rows in it.</summary>
public sealed class MigrationTests
{
    private const int Before = 4;

    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_under_way_before_jobs_had_a_table_of_their_own_is_sent_after_it_and_what_had_ended_is_not(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var present = await WebhookHost.StartAsync(database, works: false);
        var endpoint = Guid.CreateVersion7().ToString();
        await using var connection = await CreateAsync(present);
        await connection.ExecuteAsync(
            InSchema(present, """
                insert into {t}webhook_endpoint (id, tenant_id, url, description, event_types, status, created_at, updated_at)
                values (@endpoint, 'default', @Url, '', '["*"]', 1, 0, 0);
                insert into {t}webhook_secret (id, webhook_id, kind, key_enc, created_at) values (@endpoint, @endpoint, 1, @key, 0);
                insert into {t}webhook_lane values ('lane', @endpoint, 2, 0, null)
                """),
            new { endpoint, sink.Url, key = present.Get<SecretColumn>().Protect(WebhookSecret.Generate()) });
        string[] open =
        [
            await StoreAsync("wanted", DeliveryStatus.Pending, OutboxJobState.Wanted),
            await StoreAsync("forgotten", DeliveryStatus.Retrying, OutboxJobState.Confirmed),
            await StoreAsync("under way", DeliveryStatus.Sending, OutboxJobState.Confirmed),
            await StoreAsync("first", DeliveryStatus.Pending, OutboxJobState.Confirmed, seq: 1),
            await StoreAsync("second", DeliveryStatus.Pending, OutboxJobState.None, seq: 2),
        ];
        await StoreAsync("succeeded", DeliveryStatus.Succeeded, OutboxJobState.None);
        var exhausted = await StoreAsync("exhausted", DeliveryStatus.Exhausted, OutboxJobState.None);
        var skipped = await StoreAsync("skipped", DeliveryStatus.Skipped, OutboxJobState.None);

        await using var host = await present.StartAnotherAsync();

        await host.ArrivalAsync(sink, open.Length);
        foreach (var id in open)
        {
            await Eventually.Satisfies(
                async () => (await host.History.TryGetAsync(id))!, one => one.Status == DeliveryStatus.Succeeded, "each to be delivered");
        }

        var bodies = sink.Received.Select(request => request.Text).ToList();
        Assert.Equal(["\"first\"", "\"forgotten\"", "\"second\"", "\"under way\"", "\"wanted\""], bodies.Order(StringComparer.Ordinal));
        Assert.True(bodies.IndexOf("\"first\"") < bodies.IndexOf("\"second\""));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>(InSchema(present, "select count(*) from {t}webhook_job")));
        Assert.Equal(exhausted, await OnlyAsync(DeliveryStatus.Exhausted));
        Assert.Equal(skipped, await OnlyAsync(DeliveryStatus.Skipped));
        await host.Recovery.TryRecoverAsync(
            endpoint, new WebhookRecoveryRequest { Since = DateTimeOffset.UtcNow.AddHours(-1), Statuses = [DeliveryStatus.Skipped] });
        Assert.Equal("\"skipped\"", (await host.ArrivalAsync(sink, open.Length + 1))[^1].Text);

        Task<string> StoreAsync(string text, DeliveryStatus status, int jobState, int? seq = null) =>
            InsertAsync(present, connection, endpoint, text, status, jobState, seq);

        async Task<string> OnlyAsync(DeliveryStatus status) =>
            Assert.Single((await host.History.TryListAsync(new DeliveryQuery { WebhookId = endpoint, Status = status }))!.Items).Id;
    }

    /// <summary>Tables as they were, where hosts of these settings look for them from now on.</summary>
    private static async Task<DbConnection> CreateAsync(WebhookHost host)
    {
        var settings = host.Get<DatabaseSettings>();
        host.Settings["Jamail:Queueing:Prefix"] = $"b{Guid.NewGuid():N}";
        DbConnection connection;
        string schema = "", prefix = "";
        if (settings.Dialect == SqlDialect.Postgres)
        {
            schema = $"t{Guid.NewGuid():N}";
            prefix = $"{schema}.";
            host.Settings["Jamail:DatabaseSchema"] = schema;
            connection = new NpgsqlConnection(settings.Target);
        }
        else
        {
            host.Settings["Jamail:Database"] = $"Data Source={settings.Target}.old";
            connection = new SqliteConnection($"Data Source={settings.Target}.old;Pooling=false");
        }

        await connection.OpenAsync();
        await using var source = NpgsqlDataSource.Create(settings.Dialect == SqlDialect.Postgres ? settings.Target : "Host=none");
        using var gate = new SemaphoreSlim(1, 1);
        await using Database tables = settings.Dialect == SqlDialect.Postgres
            ? new PostgresDatabase(
                new PostgresConnections(source, () => source, () => source, settings.Target, NullLogger.Instance),
                schema)
            : new SqliteDatabase($"{settings.Target}.old", gate);
        var steps = Migration.LoadAll(typeof(IWebhookPublisher).Assembly, settings.Dialect, prefix).Take(Before).ToList();
        await new MigrationRunner(tables, "webhook", schema, steps, TimeProvider.System).RunAsync(apply: true, default);
        return connection;
    }

    private static async Task<string> InsertAsync(
        WebhookHost host, DbConnection connection, string endpoint, string text, DeliveryStatus status, int jobState, int? seq)
    {
        var id = Guid.CreateVersion7().ToString();
        var parameters = new
        {
            id,
            endpoint,
            body = $"\"{text}\"",
            sha256 = new byte[32],
            status = (int)status,
            jobState,
            epoch = jobState == OutboxJobState.Confirmed ? "of another Redis" : null,
            lane = seq is null ? null : "lane",
            seq = (long?)seq,
            now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        await connection.ExecuteAsync(
            InSchema(host, """
                insert into {t}webhook_event (id, tenant_id, event_type, occurred_at, created_at, body, body_sha256, body_bytes)
                values (@id, 'default', 'order.paid', @now, @now, @body, @sha256, 1);
                insert into {t}webhook_delivery (id, event_id, webhook_id, tenant_id, event_type, status, job_state, job_epoch, job_due_at, job_wanted_at,
                  created_at, lane, seq)
                values (@id, @id, @endpoint, 'default', 'order.paid', @status, @jobState, @epoch, @now, @now, @now, @lane, @seq)
                """),
            parameters);
        return id;
    }

    private static string InSchema(WebhookHost host, string sql) => sql.Replace(
        "{t}",
        host.Get<DatabaseSettings>().Dialect == SqlDialect.Postgres ? $"{host.Settings["Jamail:DatabaseSchema"]}." : "",
        StringComparison.Ordinal);
}
