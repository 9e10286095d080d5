using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class ReplyRuleTests
{
    [Fact]
    public async Task Rules_of_the_host_say_what_replies_mean_before_those_in_the_box()
    {
        await using var relay = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?>
            {
                ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8",
                ["Jamail:Mail:ReplyRules:0:Class"] = "temporary",
                ["Jamail:Mail:ReplyRules:0:Provider"] = "relay",
                ["Jamail:Mail:ReplyRules:0:Code"] = "55.",
                ["Jamail:Mail:ReplyRules:0:Text"] = "busy",
            },
        });
        await host.Providers.SaveAsync(ProviderTests.Draft("relay", relay));
        relay.Refuse(SmtpStep.Rcpt, "550 5.1.1 Too BUSY to look", times: 1);
        system.Sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 Too busy to look", times: 1);

        var mended = await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "relay" }), EmailStatus.Sent);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail("b@example.com")), EmailStatus.Bounced);

        Assert.Equal(1, mended.Deferrals);
        Assert.Equal("temporary", (await host.Log.TryListAttemptsAsync(mended.Id.Value))![0].Class);
    }

    [Fact]
    public async Task Rules_of_the_host_that_are_none_stop_the_start_all_named()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?>
            {
                ["Jamail:Mail:ReplyRules:0:Class"] = "no-such",
                ["Jamail:Mail:ReplyRules:0:Code"] = "550",
                ["Jamail:Mail:ReplyRules:1:Class"] = "throttle",
                ["Jamail:Mail:ReplyRules:2:Class"] = "throttle",
                ["Jamail:Mail:ReplyRules:2:Text"] = "(",
                ["Jamail:Mail:ReplyRules:3:Class"] = "throttle",
                ["Jamail:Mail:ReplyRules:3:EnhancedCode"] = "(?=4)",
                ["Jamail:Mail:HardBounceKept"] = "00:01:00",
            },
        }));

        foreach (var named in (string[])["ReplyRules:0:Class is 'no-such'", "ReplyRules:1 has no condition", "ReplyRules:2:Text is '('", "ReplyRules:3:EnhancedCode", "HardBounceKept"])
        {
            Assert.Contains(refused.Failures, failure => failure.Contains(named, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_refused_sender_and_a_domain_that_blocks_are_told_in_the_log()
    {
        var sender = new WaitingLog("Mail server default does not take mails whose sender is in example.com");
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using (var host = await system.StartHostAsync(settings => settings with { Logs = sender }))
        {
            system.Sink.Refuse(SmtpStep.Mail, "550 5.1.8 Sender rejected", times: 1);
            await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Failed);
            await sender.SeenAsync(fromWorker: false);
        }

        var blocks = new WaitingLog("gmail blocks mails: 2 of the last 20");
        await using var second = await system.StartHostAsync(settings => settings with { Logs = blocks });
        system.Sink.Refuse(SmtpStep.Rcpt, "550 5.7.1 Blocked", times: 2);
        foreach (var i in Enumerable.Range(0, 20))
        {
            await second.WaitForAsync(
                await second.Mailer.SendAsync(MailSystem.Mail($"a{i}@{(i % 2 == 0 ? "gmail" : "googlemail")}.com")), i < 2 ? EmailStatus.Bounced : EmailStatus.Sent);
        }

        await blocks.SeenAsync(fromWorker: false);
    }
}
