using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class NodeWorkerTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Mails_that_a_Node_worker_sent_and_removed_are_settled_and_never_sent_again(Store store)
    {
        const int Count = 2_000;
        await using var system = await MailSystem.CreateAsync(store, ownRedis: true);
        await using var node = await NodeProcess.StartAsync(
            "send-mails.mjs", [system.Redis.Url, system.Settings.Prefix, $"{Count}"]);
        await node.ReadAsync("ready");
        await using (var producer = await system.StartHostAsync(settings => settings with { Works = false }))
        {
            foreach (var chunk in Enumerable.Range(0, Count).Chunk(100))
            {
                await Task.WhenAll(chunk.Select(i => producer.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));
            }

            await node.ReadAsync("done", TimeSpan.FromSeconds(120));
            await Eventually.Equal(Count, () => producer.CountAsync(EmailStatus.Sent), "mails settled as sent", TimeSpan.FromSeconds(60));
        }

        await using var worker = await system.StartHostAsync(settings => settings with
        {
            Lock = TimeSpan.FromMilliseconds(500), Stalled = TimeSpan.FromMilliseconds(250),
        });
        await worker.SweptAsync();
        await node.SendAsync(new { report = true });
        var report = await node.ReadAsync("report");

        Assert.Equal((Count, 0), (report.GetProperty("sent").GetInt32(), report.GetProperty("repeated").GetInt32()));
        Assert.Empty(system.Sink.Messages);
        Assert.Equal(Count, await worker.CountAsync(EmailStatus.Sent));
    }

    [Fact]
    public async Task A_Node_worker_that_puts_a_mail_off_uses_up_no_attempt_and_nobody_sends_it_meanwhile()
    {
        const int Refusals = 5;
        await using var system = await MailSystem.CreateAsync(Store.Sqlite, ownRedis: true);
        await using var node = await NodeProcess.StartAsync("defer-mails.mjs", [system.Redis.Url, system.Settings.Prefix, $"{Refusals}", "400"]);
        await node.ReadAsync("ready");
        await using var producer = await system.StartHostAsync(settings => settings with
        {
            Works = false, Sweep = TimeSpan.FromMilliseconds(250), Lock = TimeSpan.FromMilliseconds(500), Stalled = TimeSpan.FromMilliseconds(250),
        });

        var id = await producer.Mailer.SendAsync(MailSystem.Mail());
        var done = await node.ReadAsync("done", TimeSpan.FromSeconds(60));

        Assert.Equal((id.Value, 1, Refusals + 1), (done.GetProperty("logId").GetString(), done.GetProperty("attempts").GetInt32(), done.GetProperty("started").GetInt32()));
        await producer.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60));
        Assert.Empty(system.Sink.Messages);
    }
}
