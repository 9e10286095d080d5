using System.Globalization;
using Dapper;
using Npgsql;

namespace Jamail.Bench.Mail;

/// <summary>What PostgreSQL spent on each statement, as its extension pg_stat_statements counts it.</summary>
internal static class StatementCosts
{
    public static readonly string[] Settings = ["shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on"];

    private const string Query = """
        select left(regexp_replace(query, '\s+', ' ', 'g'), 60) as Query, calls, total_exec_time as Ms, total_plan_time as PlanMs, rows, wal_bytes::bigint as Wal
        from pg_stat_statements where query not like '%pg_stat%' order by total_exec_time + total_plan_time desc limit 16
        """;

    public static Task ResetAsync(NpgsqlConnection connection) =>
        connection.ExecuteAsync("create extension if not exists pg_stat_statements; select pg_stat_statements_reset()");

    public static async Task PrintAsync(NpgsqlConnection connection, int mails)
    {
        Console.WriteLine("  µs/mail  planning  calls/mail  rows/mail  WAL bytes/mail  statement");
        foreach (var cost in await connection.QueryAsync<Cost>(Query))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {cost.Ms * 1000 / mails,7:0.0}  {cost.PlanMs * 1000 / mails,8:0.0}  {(double)cost.Calls / mails,10:0.000}  {(double)cost.Rows / mails,9:0.00}  {cost.Wal / mails,14}  {cost.Query}"));
        }
    }

    private sealed class Cost
    {
        public string Query { get; set; } = "";

        public long Calls { get; set; }

        public double Ms { get; set; }

        public double PlanMs { get; set; }

        public long Rows { get; set; }

        public long Wal { get; set; }
    }
}
