using System.Text.RegularExpressions;
using Dapper;
using Jamail.Shared;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

public partial class PlanTests
{
    /// <summary>
    /// A statement is prepared when its table is empty, and its plan then stays: a plan that reads the whole table would do so when
    /// there are a million rows.
    /// </summary>
    [Theory]
    [InlineData(WebhookSql.ClaimReady, "webhook_delivery_pkey", "webhook_endpoint_pkey", "webhook_event_pkey")]
    [InlineData(WebhookSql.ConfirmJobs, "webhook_job_pkey")]
    [InlineData(WebhookSql.EndAttempt, "webhook_delivery_pkey", "webhook_job_pkey")]
    [InlineData(WebhookSql.InsertAttempt)]
    [InlineData(WebhookSql.InsertDelivery)]
    [InlineData(WebhookSql.InsertEvent)]
    [InlineData(WebhookSql.ListSubscribers, "ix_webhook_endpoint_list", "ux_webhook_secret_current")]
    public async Task The_plan_of_empty_tables_goes_by_their_indexes(string name, params string[] indexes)
    {
        await using var host = await WebhookHost.StartAsync(Databases.Postgres, works: false);
        await using var connection = await OpenAsync(host);
        var sql = Sql(host, name);
        var parameters = Parameter().Matches(Comment().Replace(sql, "")).Select(match => match.Value).Distinct().ToList();
        foreach (var (parameter, i) in parameters.Select((parameter, i) => (parameter, i)).OrderByDescending(one => one.parameter.Length))
        {
            sql = Regex.Replace(sql, $"{parameter}\\b", $"${i + 1}::{TypeOf(name, parameter[1..])}");
        }

        await connection.ExecuteAsync($"set plan_cache_mode = force_generic_plan; prepare p as {sql}");
        var plan = string.Join('\n', await connection.QueryAsync<string>($"explain execute p ({string.Join(", ", parameters.Select(_ => "null"))})"));

        Assert.DoesNotContain("Seq Scan on webhook_", plan, StringComparison.Ordinal);
        Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
    }

    /// <summary>
    /// PostgreSQL writes an entry into each index of a table when a column changes that one of them knows, and else into none.
    /// </summary>
    [Theory]
    [InlineData(WebhookSql.ClaimReady)]
    [InlineData(WebhookSql.ClaimDelivery)]
    [InlineData(WebhookSql.EndAttempt)]
    public async Task What_changes_on_the_way_of_a_delivery_is_in_no_index_of_deliveries(string name)
    {
        await using var host = await WebhookHost.StartAsync(Databases.Postgres, works: false);
        await using var connection = await OpenAsync(host);
        var changed = Change().Matches(Update().Match(Sql(host, name)).Groups[1].Value).Select(match => match.Groups[1].Value);
        var indexed = await connection.QueryAsync<string>("""
            select distinct a.attname::text
            from pg_index i
            join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid and d.refobjsubid > 0
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid
            where i.indrelid = 'webhook_delivery'::regclass
            union
            select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indrelid = 'webhook_delivery'::regclass
            """);

        Assert.Contains("missed", indexed);
        Assert.Contains("claim_until", changed);
        Assert.Empty(indexed.Intersect(changed));
    }

    private static string Sql(WebhookHost host, string name) =>
        SqlFiles.Load(typeof(IWebhookPublisher).Assembly, typeof(WebhookSql), SqlDialect.Postgres, host.Get<DatabaseSettings>().TablePrefix)[name];

    private static async Task<NpgsqlConnection> OpenAsync(WebhookHost host)
    {
        var settings = host.Get<DatabaseSettings>();
        var connection = new NpgsqlConnection(settings.Target);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"set search_path = {settings.Schema}");
        return connection;
    }

    private static string TypeOf(string name, string parameter) => parameter.ToUpperInvariant() switch
    {
        "EPOCH" => "text",
        "CHECKAT" => "bigint",
        "NOW" => name == WebhookSql.InsertEvent ? "bigint[]" : "bigint",
        "SHA256" => "bytea[]",
        "ATTEMPTS" or "NUMBER" or "ORIGIN" or "ORIGINS" or "STATUSCODE" or "OUTCOME" or "ISTRUNCATED" or "VERSIONS" or "STATUSES"
            or "STATUSCODES" or "JOBSTATES" or "BYTES" => "int[]",
        "STARTEDAT" or "DURATIONMS" or "FIRSTBYTEMS" or "NEXTATTEMPTAT" or "UNTILS" or "NEXTATTEMPTSAT" or "NOTBEFORES" or "JOBSDUEAT"
            or "COMPLETEDAT" or "LEASES" or "DELIVERIESNOW" or "SEQS" or "OCCURREDAT" or "PAYLOADSEXPIREAT" => "bigint[]",
        _ => "text[]",
    };

    [GeneratedRegex("@[A-Za-z0-9]+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"update \w+\.webhook_delivery d\s+set (.*?)\n\s*from ", RegexOptions.Singleline)]
    private static partial Regex Update();

    [GeneratedRegex(@"([a-z_]+) = (?:w\.|null|d\.|\d)")]
    private static partial Regex Change();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();
}
