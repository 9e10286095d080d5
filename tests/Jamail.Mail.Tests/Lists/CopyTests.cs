using System.Text;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Lists;

/// <summary>Suppression of copies, of full mailboxes, and what recipients send back.</summary>
public class CopyTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Copies_to_suppressed_addresses_are_left_out_at_acceptance_and_at_sending(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();
        await list.AddAsync([new Suppression { Address = "Bert@example.com" }]);
        await host.Queue.PauseAsync();
        var mail = MailSystem.Mail() with
        {
            Cc = ["Bert <bert@example.com>", "Carl <carl@example.com>"], Bcc = ["dora@example.com", "emil@example.com"],
        };

        var batch = await host.Mailer.SendManyAsync(new EmailBatch { Emails = [mail, mail with { To = "bert@example.com" }, mail with { Cc = [], Bcc = [] }] });
        var id = batch.Items[0].Email!.Id;
        await list.AddAsync([new Suppression { Address = "emil@example.com" }]);
        await host.Queue.ResumeAsync();

        await host.WaitForAsync(id, EmailStatus.Sent);
        await host.WaitForAsync(batch.Items[2].Email!.Id, EmailStatus.Sent);
        Assert.Equal(EmailStatus.Suppressed, batch.Items[1].Email!.Status);
        Assert.Equal(2, system.Sink.Messages.Count);
        var message = system.Sink.Messages.Single(sent => sent.Recipients.Count > 1);
        Assert.Equal(["anna@example.com", "carl@example.com", "dora@example.com"], message.Recipients.Order(StringComparer.Ordinal));
        Assert.Equal("Carl <carl@example.com>", message.Header("Cc"));
        var events = await host.Log.TryListEventsAsync(id.Value);
        Assert.Equal(
            ["On the suppression list: bert@example.com", "On the suppression list: emil@example.com"],
            events!.Where(item => item.Type.EndsWith("copies_left_out", StringComparison.Ordinal)).Select(item => item.Detail));
        var entry = (await host.Log.TryGetAsync(id.Value))!;
        Assert.Equal(["anna@example.com", "carl@example.com", "dora@example.com"], entry.RecipientsSent);
        Assert.Equal(["dora@example.com"], entry.Bcc);

        // Nothing but the events names them now.
        await list.EraseAsync("bert@example.com");
        await list.EraseAsync("Emil@example.com");
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_event where detail like '%bert@%' or detail like '%emil@%'"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_person_who_is_erased_is_taken_out_of_the_copies_of_other_mails_too(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();
        var mail = MailSystem.Mail() with { Cc = ["Bert <Bert_B+x@example.com>", "bertxb@example.com"], Bcc = ["bert_b@example.net"] };
        system.Sink.Refuse(TestSupport.SmtpStep.Dot, "451 4.3.0 not for bert_b+x@example.com now", times: 1);
        var sent = await host.Mailer.SendAsync(mail with { Bcc = ["BERT_B+X@EXAMPLE.COM"] });
        await host.WaitForAsync(sent, EmailStatus.Sent);
        var waiting = await host.Mailer.SendAsync(mail with { ScheduledAt = DateTimeOffset.UtcNow + TimeSpan.FromHours(1) });

        Assert.Equal(2, await list.EraseAsync("bert_b+x@EXAMPLE.com"));
        await host.Mailer.RescheduleAsync(waiting, DateTimeOffset.UtcNow);
        await host.WaitForAsync(waiting, EmailStatus.Sent);

        Assert.Equal(["anna@example.com", "bert_b@example.net", "bertxb@example.com"], system.Sink.Messages[^1].Recipients.Order(StringComparer.Ordinal));
        Assert.Equal(["bertxb@example.com"], (await host.Log.TryGetAsync(sent.Value))!.Cc);
        Assert.Empty((await host.Log.TryGetAsync(sent.Value))!.Bcc);
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log where lower(cc) like '%002bx%' or lower(bcc) like '%002bx%'"));
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_attempt where reply like '%bert%'"));
        Assert.Equal(0, await list.EraseAsync("bert_b+x@example.com"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Five_full_mailboxes_in_a_row_over_a_week_suppress_for_two_weeks(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();
        var reports = host.Services.GetRequiredService<IMailReports>();

        // The fourth mail is delivered: the count begins anew. Each is sent a day and a half before the next.
        for (var number = 0; number < 9; number++)
        {
            var id = await host.Mailer.SendAsync(MailSystem.Mail());
            await host.WaitForAsync(id, EmailStatus.Sent);
            if (number != 3)
            {
                await reports.TakeAsync(new MailReport
                {
                    Source = "test", EventId = $"{number}", Kind = MailReportKind.Bounced, EmailId = id.Value, EnhancedCode = "5.2.2", Detail = "Mailbox full",
                });
            }

            Assert.Equal(number == 8, await list.CheckAsync("anna@example.com", "default") is not null);
            await host.ExecuteAsync("update {t}mail_send_log set queued_at = queued_at - 160000000, completed_at = completed_at - 160000000");
        }

        var entry = (await list.CheckAsync("anna@example.com", "default"))!;
        Assert.Equal(SuppressionReason.SoftLimit, entry.Reason);
        Assert.InRange(entry.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(13.9), TimeSpan.FromDays(14));
    }

    [Fact]
    public async Task Five_full_mailboxes_within_a_day_suppress_nobody()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync();
        for (var number = 0; number < 6; number++)
        {
            var id = await host.Mailer.SendAsync(MailSystem.Mail());
            await host.WaitForAsync(id, EmailStatus.Sent);
            await host.Services.GetRequiredService<IMailReports>().TakeAsync(new MailReport
            {
                Source = "test", EventId = $"{number}", Kind = MailReportKind.Bounced, EmailId = id.Value, EnhancedCode = "5.2.2",
            });
        }

        Assert.Null(await host.Services.GetRequiredService<ISuppressions>().CheckAsync("anna@example.com", "default"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_complaint_of_the_sandbox_is_one(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sink = null });

        var id = await host.Mailer.SendAsync(MailSystem.Mail("Complaint@sandbox.invalid"));

        await host.WaitForAsync(id, EmailStatus.Complained);
        var entry = await host.Services.GetRequiredService<ISuppressions>().CheckAsync("complaint@sandbox.invalid", "default");
        Assert.Equal((SuppressionReason.Complaint, "sandbox"), (entry!.Reason, entry.Source));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_to_the_mailbox_for_unsubscribing_unsubscribes_by_its_subject(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?>
            {
                ["Jamail:Mail:PublicUrl"] = "https://mail.example.com", ["Jamail:Mail:UnsubscribeMailbox"] = "leave@example.com",
            },
        });
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "bulk" }), EmailStatus.Sent);
        var offers = Assert.Single(system.Sink.Messages).Header("List-Unsubscribe")!.Split(", ");
        var reports = host.Services.GetRequiredService<IMailReports>();
        const string Start = "<mailto:leave@example.com?subject=";

        Assert.StartsWith("<https://mail.example.com/u/", offers[0], StringComparison.Ordinal);
        Assert.StartsWith(Start, offers[1], StringComparison.Ordinal);
        var token = offers[1][Start.Length..^1];
        await Assert.ThrowsAsync<InvalidInputException>(() => reports.TakeRawAsync(Message("Please stop")));
        await Assert.ThrowsAsync<InvalidInputException>(() => reports.TakeRawAsync(Message(token[..^1] + (token[^1] == 'A' ? 'B' : 'A'))));
        Assert.Empty(await reports.TakeRawAsync(Message(token)));
        Assert.Equal(EmailStatus.Suppressed, (await host.Mailer.AcceptAsync(MailSystem.Mail() with { Category = "bulk" })).Status);

        static byte[] Message(string subject) => Encoding.ASCII.GetBytes($"From: anna@example.com\r\nTo: leave@example.com\r\nSubject: {subject}\r\n\r\n");
    }
}
