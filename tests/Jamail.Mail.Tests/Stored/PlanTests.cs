using System.Text.RegularExpressions;
using Dapper;
using Jamail.Mail.Tests.Support;
using Jamail.Shared;
using Npgsql;

namespace Jamail.Mail.Tests.Stored;

public partial class PlanTests
{
    private static readonly Dictionary<string, string> Columns = typeof(MailRowColumns).GetProperties().ToDictionary(
        column => column.Name,
        column => column.PropertyType.GetElementType() switch
        {
            var type when type == typeof(byte[]) => "bytea[]",
            var type when type == typeof(int) || type == typeof(int?) => "int[]",
            var type when type == typeof(long) || type == typeof(long?) => "bigint[]",
            _ => "text[]",
        });

    /// <summary>
    /// A statement is prepared when its table is empty, and its plan then stays: a plan that reads the whole table would do so when
    /// there are a million rows.
    /// </summary>
    [Theory]
    [InlineData(MailSql.ClaimMails)]
    [InlineData(MailSql.ConfirmJobs, "mail_job_pkey")]
    [InlineData(MailSql.ExtendClaims)]
    [InlineData(MailSql.FindMails)]
    [InlineData(MailSql.FindUnsettled)]
    [InlineData(MailSql.FinishMails)]
    [InlineData(MailSql.InsertMails, "Conflict Arbiter Indexes: mail_send_log_pkey")]
    public async Task The_plan_of_an_empty_table_goes_by_the_primary_key(string name, string index = "mail_send_log_pkey")
    {
        await using var system = await MailSystem.CreateAsync(Store.Postgres);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await using var connection = (NpgsqlConnection)await host.OpenDatabaseAsync();
        var sql = SqlFiles.Load(typeof(IMailer).Assembly, typeof(MailSql), SqlDialect.Postgres, "jamail.")[name];
        var parameters = Parameter().Matches(Comment().Replace(sql, "")).Select(match => match.Value).Distinct().ToList();
        for (var i = parameters.Count - 1; i >= 0; i--)
        {
            sql = Regex.Replace(sql, $"{parameters[i]}\\b", TypeOf(name, parameters[i]) is { } type ? $"${i + 1}::{type}" : $"${i + 1}");
        }

        await connection.ExecuteAsync($"set plan_cache_mode = force_generic_plan; prepare p as {sql}");
        var plan = string.Join('\n', await connection.QueryAsync<string>($"explain execute p ({string.Join(", ", parameters.Select(_ => "null"))})"));

        Assert.DoesNotContain("Seq Scan on mail_", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    /// <summary>
    /// PostgreSQL writes an entry into each index of a table when a column changes that one of them knows, and else into none.
    /// </summary>
    [Theory]
    [InlineData(MailSql.ClaimMails)]
    [InlineData(MailSql.ExtendClaims)]
    [InlineData(MailSql.FinishMails)]
    public async Task What_changes_on_the_way_of_a_mail_is_in_no_index_of_the_log(string name)
    {
        await using var system = await MailSystem.CreateAsync(Store.Postgres);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await using var connection = (NpgsqlConnection)await host.OpenDatabaseAsync();
        var sql = SqlFiles.Load(typeof(IMailer).Assembly, typeof(MailSql), SqlDialect.Postgres, "jamail.")[name];
        var changed = Change().Matches(LogUpdate().Match(sql).Value).Select(match => match.Groups[1].Value);
        var indexed = await connection.QueryAsync<string>("""
            select distinct a.attname::text
            from pg_index i
            join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid and d.refobjsubid > 0
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = d.refobjsubid
            where i.indrelid = 'jamail.mail_send_log'::regclass
            union
            select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indrelid = 'jamail.mail_send_log'::regclass
            """);

        Assert.Contains("in_doubt", indexed);
        Assert.Contains("claim_until", changed);
        Assert.Empty(indexed.Intersect(changed));
    }

    private static string? TypeOf(string name, string parameter) => parameter switch
    {
        "@ids" => "text[]",
        "@leases" => "bigint[]",
        _ when name == MailSql.InsertMails => Columns.GetValueOrDefault(parameter[1..]),
        _ => null,
    };

    [GeneratedRegex("@[A-Za-z]+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"update jamail\.mail_send_log l\s+set .*?\n\s*from ", RegexOptions.Singleline)]
    private static partial Regex LogUpdate();

    [GeneratedRegex(@"([a-z_]+) = (?:g\.|@|null|case|l\.|coalesce|attempts|\d)")]
    private static partial Regex Change();

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();
}
