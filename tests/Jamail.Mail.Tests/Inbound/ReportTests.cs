using System.Text;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Inbound;

public class ReportTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_bounce_that_came_back_to_its_own_address_ends_the_mail_and_suppresses_the_recipient(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        var id = await SentAsync(host);
        var reports = host.Services.GetRequiredService<IMailReports>();
        var bounce = Bounce(system.Sink.Messages[0].From, "5.1.1");

        var first = await reports.TakeRawAsync(bounce);
        var again = await reports.TakeRawAsync(bounce);

        Assert.StartsWith("b-", system.Sink.Messages[0].From, StringComparison.Ordinal);
        Assert.Equal([id], first);
        Assert.Empty(again);
        Assert.Equal(EmailStatus.Bounced, (await host.Log.TryGetAsync(id.Value))!.Status);
        Assert.Contains("bounced", (await host.Log.TryListEventsAsync(id.Value))!.Select(item => item.Type));
        Assert.Equal(EmailStatus.Suppressed, (await host.Mailer.AcceptAsync(MailSystem.Mail())).Status);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_forged_bounce_changes_nothing(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        var id = await SentAsync(host);
        var reports = host.Services.GetRequiredService<IMailReports>();
        var real = system.Sink.Messages[0];
        var at = real.From.IndexOf('@', StringComparison.Ordinal);
        var forged = $"{real.From[..(at - 8)]}00000000{real.From[at..]}";

        var taken = await reports.TakeRawAsync(Bounce(forged, "5.1.1", real.MessageId));

        Assert.Empty(taken);
        Assert.Equal(EmailStatus.Sent, (await host.Log.TryGetAsync(id.Value))!.Status);
        Assert.Equal(EmailStatus.Queued, (await host.Mailer.AcceptAsync(MailSystem.Mail())).Status);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Reports_move_a_mail_forward_and_never_back(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        var id = await SentAsync(host);
        var reports = host.Services.GetRequiredService<IMailReports>();
        MailReport Report(MailReportKind kind, string eventId) => new() { Source = "test", EventId = eventId, Kind = kind, EmailId = id.Value, EnhancedCode = "5.7.1" };

        await reports.TakeAsync(Report(MailReportKind.Complained, "2"));
        await reports.TakeAsync(Report(MailReportKind.Delivered, "1"));
        await reports.TakeAsync(Report(MailReportKind.Bounced, "3"));

        Assert.Equal(EmailStatus.Complained, (await host.Log.TryGetAsync(id.Value))!.Status);
        var entry = await host.Services.GetRequiredService<ISuppressions>().CheckAsync("ANNA@example.com", "otp");
        Assert.Equal(SuppressionReason.Complaint, entry!.Reason);
        Assert.Null(await reports.TakeAsync(new MailReport { Source = "test", EventId = "4", Kind = MailReportKind.Bounced, MessageId = "nobody@example.com" }));
        await Assert.ThrowsAsync<InvalidInputException>(() => reports.TakeRawAsync("Subject: hello\r\n\r\nno report"u8.ToArray()));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_report_about_a_copy_concerns_that_address_and_not_the_recipient(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        var reports = host.Services.GetRequiredService<IMailReports>();
        var list = host.Services.GetRequiredService<ISuppressions>();
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Cc = ["Bert <bert+news@example.com>"], Bcc = ["carl@example.com", "dora@example.com"] });
        await host.WaitForAsync(id, EmailStatus.Sent);
        var from = system.Sink.Messages[0].From;

        Assert.Equal([id], await reports.TakeRawAsync(Bounce(from, "5.1.1", recipient: "elsewhere@example.net", original: "bert+2Bnews@EXAMPLE.com")));
        Assert.NotNull(await reports.TakeAsync(new MailReport
        {
            Source = "test", EventId = "1", Kind = MailReportKind.Complained, EmailId = id.Value, Recipient = "carl@example.com",
        }));
        await reports.TakeRawAsync(Bounce(from, "5.1.1", recipient: "nobody@example.net"));

        Assert.Equal(EmailStatus.Sent, (await host.Log.TryGetAsync(id.Value))!.Status);
        Assert.Null(await list.CheckAsync("anna@example.com", "default"));
        Assert.Null(await list.CheckAsync("dora@example.com", "default"));
        Assert.Null(await list.CheckAsync("nobody@example.net", "default"));
        Assert.Equal(SuppressionReason.HardBounce, (await list.CheckAsync("bert+news@example.com", "default"))!.Reason);
        Assert.Equal(SuppressionReason.Complaint, (await list.CheckAsync("carl@example.com", "default"))!.Reason);
        var types = (await host.Log.TryListEventsAsync(id.Value))!.Select(item => item.Type).ToList();
        Assert.Equal(2, types.Count(type => type.EndsWith("copy_bounced", StringComparison.Ordinal)));

        await reports.TakeRawAsync(Bounce(from, "5.1.1"));
        Assert.Equal(EmailStatus.Bounced, (await host.Log.TryGetAsync(id.Value))!.Status);
        Assert.NotNull(await list.CheckAsync("anna@example.com", "default"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_report_about_a_copy_ends_a_doubt_since_the_mail_was_accepted(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(TestSupport.SmtpStep.Dot, new TestSupport.SinkAction.Close(Store: true), times: 1);
        await using var host = await StartAsync(system);
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Cc = ["bert@example.com"] });
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        await host.Services.GetRequiredService<IMailReports>().TakeRawAsync(Bounce(system.Sink.Messages[0].From, "5.2.2", recipient: "bert@example.com"));

        Assert.Equal((EmailStatus.Sent, null), ((await host.Log.TryGetAsync(id.Value))!.Status, (await host.Log.TryGetAsync(id.Value))!.Error));
        Assert.Single(system.Sink.Messages);
    }

    [Fact]
    public void A_complaint_is_read_by_its_returned_headers()
    {
        var report = RawReport.Read(Encoding.ASCII.GetBytes(
            "To: abuse@example.com\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"x\"\r\n\r\n--x\r\n\r\nhello\r\n--x\r\n" +
            "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n" +
            "From: a@example.com\r\nMessage-ID: <jm.1@example.com>\r\n\r\nbody\r\n--x--\r\n"));

        Assert.Equal("jm.1@example.com", report!.MessageId);
        Assert.Equal(MailReportKind.Complained, Assert.Single(report.Findings).Kind);
    }

    private static Task<MailHost> StartAsync(MailSystem system) => system.StartHostAsync(settings => settings with
    {
        More = new Dictionary<string, string?> { ["Jamail:Mail:BounceDomain"] = "bounce.example.com" },
    });

    private static async Task<EmailId> SentAsync(MailHost host)
    {
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await host.WaitForAsync(id, EmailStatus.Sent);
        return id;
    }

    private static byte[] Bounce(
        string to, string code, string messageId = "<none@example.com>", string recipient = "anna@example.com", string? original = null) => Encoding.ASCII.GetBytes(
        $"From: MAILER-DAEMON@mx.example.net\r\nTo: <{to}>\r\nSubject: failure\r\n" +
        "Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b1\r\n" +
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n" +
        (original is null ? "" : $"Original-Recipient: rfc822;{original}\r\n") + $"Final-Recipient: rfc822; {recipient}\r\n" +
        $"Action: failed\r\nStatus: {code}\r\nDiagnostic-Code: smtp; 550 {code} No such user\r\n\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\n" +
        $"Message-ID: {messageId}\r\nSubject: Hello\r\n\r\n--b1--\r\n");
}
