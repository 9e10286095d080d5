using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public sealed class SlowServerTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Mails_that_wait_for_a_busy_server_use_up_no_attempt(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Delay(TimeSpan.FromMilliseconds(300)));
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?>
            {
                ["Jamail:Mail:Smtp:MaxConnections"] = "1",
                ["Jamail:Mail:Smtp:LeaseTimeout"] = "00:00:00.050",
            },
        });

        // In three rows of attempts one connection could take three of these before the others were given up.
        var ids = new List<EmailId>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await host.Mailer.SendAsync(MailSystem.Mail(subject: $"mail {i}")));
        }

        foreach (var id in ids)
        {
            Assert.Equal(1, (await host.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60))).Attempts);
        }

        Assert.Equal(12, system.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(12, system.Sink.Messages.Count);
    }
}
