using Jamail.Mail.Tests.Support;

namespace Jamail.Mail.Tests.Pipeline;

public sealed class OtherDatabaseTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_host_of_another_database_neither_adds_to_nor_works_a_queue_until_the_queue_is_released(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var other = await MailSystem.CreateAsync(store);
        await using var owner = await system.StartHostAsync();
        await owner.WaitForAsync(await owner.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Sent);
        await owner.StopAsync();

        var log = new WaitingLog("belongs to the database");
        await using var stranger = await other.StartHostAsync(settings => settings with
        {
            Prefix = system.Settings.Prefix,
            Sweep = TimeSpan.FromMilliseconds(250),
            Logs = log,
        });
        var held = await stranger.Mailer.SendAsync(MailSystem.Mail("held@example.com"));
        await log.SeenAsync(fromWorker: true);
        await log.SeenAsync(fromWorker: false);

        Assert.Equal(EmailStatus.Queued, (await stranger.Log.TryGetAsync(held.Value))!.Status);
        Assert.Equal(0, (await stranger.Queue.GetCountsAsync()).Waiting);
        await system.Redis.Database.HashDeleteAsync($"{system.Settings.Prefix}:{MailOptions.QueueName}:meta", "jamail.database");
        await stranger.WaitForAsync(held, EmailStatus.Sent);
        Assert.Single(other.Sink.Messages);
    }
}
