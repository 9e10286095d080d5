using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class CrashTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_worker_killed_between_acceptance_and_commit_leaves_one_copy_and_an_uncertain_mail(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var settings = system.Settings with
        {
            Lock = TimeSpan.FromSeconds(1), Stalled = TimeSpan.FromMilliseconds(500), Claim = TimeSpan.FromSeconds(2),
        };

        // The message is stored and no answer comes: the worker is killed with the mail accepted and nothing committed.
        var accepted = system.Sink.On(SmtpStep.Dot, new SinkAction.Silence(Store: true), times: 1);
        await using (var victim = DotnetProcess.Start(
            typeof(CrashTests).Assembly.Location, [JsonSerializer.Serialize(settings.Configuration())]))
        {
            await victim.ReadAsync("ready");
            await using var producer = await MailHost.StartAsync(settings with { Works = false });
            var id = await producer.Mailer.SendAsync(MailSystem.Mail());
            await accepted.Reached.WaitAsync(TimeSpan.FromSeconds(30));
            await victim.KillAsync();

            await using var successor = await MailHost.StartAsync(settings);
            var entry = await successor.WaitForAsync(id, EmailStatus.Uncertain, TimeSpan.FromSeconds(60));
            Assert.Equal(1, entry.Attempts);
            await Eventually.Equal(0L, async () => (await successor.Queue.GetCountsAsync()).Active, "active jobs");
            Assert.Equal(1, system.Sink.Copies($"<{entry.MessageId}>"));
        }
    }

    [Fact]
    public async Task A_database_that_stops_between_acceptance_and_commit_costs_nothing()
    {
        await using var database = await PostgresServer.StartNewAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1);
        await using var host = await MailHost.StartAsync(system.Settings with
        {
            Database = await database.CreateDatabaseAsync(), Claim = TimeSpan.FromMinutes(1), Lock = TimeSpan.FromMinutes(1),
        });
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await database.StopAsync();
        release.SetResult();
        await system.Sink.WaitForAsync(1);
        await Assert.ThrowsAsync<Jamail.Queueing.StoreUnavailableException>(() => host.Mailer.SendAsync(MailSystem.Mail()));
        await database.StartAsync();

        Assert.Equal(1, (await host.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60))).Attempts);
        Assert.Single(system.Sink.Messages);
    }
}
