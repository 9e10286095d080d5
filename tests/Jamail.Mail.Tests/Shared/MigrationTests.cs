using Dapper;
using Jamail.Mail.Tests.Support;

namespace Jamail.Mail.Tests.Shared;

public class MigrationTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Hosts_that_start_together_make_the_tables_once(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => system.StartHostAsync(settings => settings with { Works = false })));

        await using var connection = await hosts[0].OpenDatabaseAsync();
        var ledger = store == Store.Postgres ? "jamail.mail_migration" : "mail_migration";
        var steps = typeof(MailOptions).Assembly.GetManifestResourceNames()
            .Count(name => name.StartsWith("migrations/sqlite/", StringComparison.Ordinal));
        Assert.Equal(steps, await connection.ExecuteScalarAsync<long>($"select count(*) from {ledger}"));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_schema_newer_than_the_host_stops_its_start(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var host = await system.StartHostAsync())
        {
            await using var connection = await host.OpenDatabaseAsync();
            var ledger = store == Store.Postgres ? "jamail.mail_migration" : "mail_migration";
            await connection.ExecuteAsync($"insert into {ledger} (number, name, applied_at) values (99, 'later', 0)");
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => system.StartHostAsync());
        Assert.Contains("A newer Jamail has been here", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_migration_off_a_host_says_what_is_missing_and_prints_the_SQL_that_makes_it()
    {
        await using var system = await MailSystem.CreateAsync(Store.Postgres);
        MailHostSettings Off(MailHostSettings settings) =>
            settings with { More = new Dictionary<string, string?> { ["Jamail:Migrate"] = "false" } };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => system.StartHostAsync(Off));
        Assert.Contains("0001_mail", fault.Message, StringComparison.Ordinal);

        await using var connection = new Npgsql.NpgsqlConnection(system.Settings.Database);
        await connection.ExecuteAsync(fault.Message[fault.Message.IndexOf("create schema", StringComparison.Ordinal)..]);
        await using var host = await system.StartHostAsync(Off);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Sent);
    }
}
