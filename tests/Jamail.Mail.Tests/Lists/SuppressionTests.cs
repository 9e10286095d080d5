using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Lists;

public class SuppressionTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_suppressed_address_gets_nothing_whether_it_is_entered_before_or_after_acceptance(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();
        await host.Queue.PauseAsync();
        var waiting = await host.Mailer.SendAsync(MailSystem.Mail());

        await list.AddAsync([new Suppression { Address = "Anna@EXAMPLE.com", Note = "asked by telephone" }]);
        var later = await host.Mailer.AcceptAsync(MailSystem.Mail());
        var forced = await host.Mailer.ResendAsync(later.Id, new EmailResend { Force = true });
        await host.Queue.ResumeAsync();
        await host.WaitForAsync(forced.Id, EmailStatus.Sent);
        await host.WaitForAsync(waiting, EmailStatus.Suppressed);

        Assert.Equal(EmailStatus.Suppressed, later.Status);
        Assert.Single(system.Sink.Messages);
        Assert.Equal(1, await list.RemoveAsync("anna@example.com"));
        Assert.Null(await list.CheckAsync("anna@example.com", "default"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task An_unsubscription_holds_for_its_category_and_never_for_an_essential_one(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:PublicUrl"] = "https://mail.example.com" },
        });
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "bulk" });
        await host.WaitForAsync(id, EmailStatus.Sent);
        var message = Assert.Single(system.Sink.Messages);
        var link = message.Header("List-Unsubscribe")!.Trim('<', '>');
        var token = link[(link.LastIndexOf('/') + 1)..];
        var unsubscriptions = host.Services.GetRequiredService<IUnsubscriptions>();

        Assert.Equal("List-Unsubscribe=One-Click", message.Header("List-Unsubscribe-Post"));
        Assert.Equal("bulk", await unsubscriptions.TryReadAsync(token));
        Assert.Equal(EmailStatus.Queued, (await host.Mailer.AcceptAsync(MailSystem.Mail() with { Category = "bulk" })).Status);
        Assert.Equal("bulk", await unsubscriptions.UnsubscribeAsync(token));
        Assert.Equal("bulk", await unsubscriptions.UnsubscribeAsync(token));
        Assert.Null(await unsubscriptions.UnsubscribeAsync(token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(EmailStatus.Suppressed, (await host.Mailer.AcceptAsync(MailSystem.Mail() with { Category = "bulk" })).Status);
        Assert.Equal(EmailStatus.Queued, (await host.Mailer.AcceptAsync(MailSystem.Mail() with { Category = "otp" })).Status);
        Assert.Equal(EmailStatus.Queued, (await host.Mailer.AcceptAsync(MailSystem.Mail())).Status);
        Assert.Contains("unsubscribed", (await host.Log.TryListEventsAsync((await Newest(host)).Value))!.Select(item => item.Type));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_refused_mailbox_is_suppressed_and_a_blocked_one_is_not(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        system.Sink.On(SmtpStep.Rcpt, new SinkAction.Reply("550 5.1.1 No such user"), when: line => line.Contains("gone@", StringComparison.Ordinal));
        system.Sink.On(SmtpStep.Rcpt, new SinkAction.Reply("550 5.7.1 Blocked"), when: line => line.Contains("blocked@", StringComparison.Ordinal));

        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail("gone@example.com")), EmailStatus.Bounced);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail("blocked@example.com")), EmailStatus.Bounced);

        var list = host.Services.GetRequiredService<ISuppressions>();
        Assert.Equal(SuppressionReason.HardBounce, (await list.CheckAsync("gone@example.com", "default"))!.Reason);
        Assert.Null(await list.CheckAsync("blocked@example.com", "default"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Words_alone_suppress_the_second_time_within_thirty_days_and_for_as_long_as_the_host_says(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:HardBounceKept"] = "180.00:00:00" },
        });
        system.Sink.On(SmtpStep.Rcpt, new SinkAction.Reply("550 No such user here"));
        var list = host.Services.GetRequiredService<ISuppressions>();
        async Task<Suppression?> BounceAsync()
        {
            await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Bounced);
            return await list.CheckAsync("anna@example.com", "default");
        }

        Assert.Null(await BounceAsync());
        await host.ExecuteAsync("update {t}mail_send_log set completed_at = completed_at - 2592000001");
        Assert.Null(await BounceAsync());
        var entry = await BounceAsync();

        Assert.Equal(SuppressionReason.HardBounce, entry!.Reason);
        Assert.Equal(180, Math.Round((entry.ExpiresAt!.Value - DateTimeOffset.UtcNow).TotalDays));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_person_is_erased_and_still_not_written_to(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();
        var sent = await host.Mailer.SendAsync(MailSystem.Mail(subject: "Private") with { Metadata = new Dictionary<string, string> { ["a"] = "b" } });
        await host.WaitForAsync(sent, EmailStatus.Sent);
        var waiting = await host.Mailer.SendAsync(MailSystem.Mail() with { ScheduledAt = DateTimeOffset.UtcNow.AddHours(1) });
        await list.AddAsync([new Suppression { Address = "anna@example.com" }]);

        Assert.Equal(2, await list.EraseAsync("anna@example.com"));

        var entry = (await host.Log.TryGetAsync(sent.Value))!;
        Assert.Equal(("erased@invalid", "", 0), (entry.Recipient, entry.Subject, entry.Metadata.Count));
        Assert.Equal(EmailStatus.Cancelled, (await host.Log.TryGetAsync(waiting.Value))!.Status);
        Assert.Equal(MailError.ContentRemoved, (await Assert.ThrowsAsync<MailException>(() => host.Log.TryGetContentAsync(sent.Value))).Error);
        Assert.Null(Assert.Single((await list.ListAsync()).Items).Address);
        Assert.NotNull(await list.CheckAsync("anna@example.com", "default"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Content_past_its_days_is_removed_and_the_log_stays(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromMilliseconds(300) });
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with
        {
            Attachments = [new EmailAttachment { FileName = "a.txt", Content = new byte[] { 1 } }],
        });
        await host.WaitForAsync(id, EmailStatus.Sent);

        await host.ExecuteAsync("update {t}mail_send_log set body_until = 1");
        await Eventually.True(
            async () => await host.ScalarAsync<long>("select count(*) from {t}mail_log_attachment") == 0, "the content to be removed");

        Assert.Equal(MailError.ContentRemoved, (await Assert.ThrowsAsync<MailException>(() => host.Log.TryGetRawAsync(id.Value))).Error);
        Assert.Equal(EmailStatus.Sent, (await host.Log.TryGetAsync(id.Value))!.Status);
        Assert.Equal(MailError.ContentRemoved, (await Assert.ThrowsAsync<MailException>(() => host.Mailer.ResendAsync(id, new EmailResend()))).Error);
    }

    [Fact]
    public async Task A_bad_entry_is_named_and_nothing_is_entered()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var list = host.Services.GetRequiredService<ISuppressions>();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => list.AddAsync(
            [new Suppression { Address = "a@example.com" }, new Suppression { Address = "nobody" }]));

        Assert.Equal("entries[1].address", Assert.Single(refused.Problems).Field);
        Assert.Empty((await list.ListAsync()).Items);
    }

    private static async Task<EmailId> Newest(MailHost host)
    {
        var all = await host.Log.ListAsync(new SendLogQuery { Category = "bulk" });
        foreach (var entry in all.Items)
        {
            if ((await host.Log.TryListEventsAsync(entry.Id.Value))!.Any(item => item.Type == "unsubscribed"))
            {
                return entry.Id;
            }
        }

        return all.Items[0].Id;
    }
}
