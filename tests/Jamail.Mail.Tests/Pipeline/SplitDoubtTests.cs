using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Pipeline;

/// <summary>A server takes two recipients in one transaction, the mail has five, and one of the three parts ends in doubt.</summary>
public class SplitDoubtTests
{
    private const string Limit = "452 4.5.3 Too many recipients";

    private static readonly string[] All = ["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com", "emil@example.com"];

    private static EmailMessage Mail { get; } = MailSystem.Mail() with { Cc = All[1..3], Bcc = All[3..] };

    [Theory]
    [InlineData(Store.Postgres, 0, true)]
    [InlineData(Store.Postgres, 1, true)]
    [InlineData(Store.Postgres, 2, true)]
    [InlineData(Store.Sqlite, 0, true)]
    [InlineData(Store.Sqlite, 1, true)]
    [InlineData(Store.Sqlite, 2, true)]
    [InlineData(Store.Postgres, 0, false)]
    [InlineData(Store.Postgres, 1, false)]
    [InlineData(Store.Sqlite, 0, false)]
    [InlineData(Store.Sqlite, 1, false)]
    public async Task However_a_doubt_is_resolved_everybody_gets_the_mail_once(Store store, int part, bool wasSent)
    {
        await using var system = await MailSystem.CreateAsync(store, sinkOptions: options => options.Pipelining = store == Store.Postgres);
        Doubt(system.Sink, part, new SinkAction.Close(Store: wasSent));
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        await host.Uncertain.ResolveAsync(id, wasSent ? UncertainResolution.Sent : UncertainResolution.Resend);

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Empty(entry.RecipientsLeft);
        Assert.Equal([2, 2, 1], system.Sink.Messages.Select(message => message.Recipients.Count));
        Assert.Equal(All, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
        Assert.Equal(wasSent ? 0 : 1, entry.Resends);
        Assert.Equal(
            wasSent && part < 2 ? 1L : 0L,
            await host.ScalarAsync<long>("select count(*) from {t}mail_event where type = 'email.sent_in_part' and source = 'hand'"));
    }

    [Theory]
    [InlineData(Store.Postgres, 0)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Postgres, 2)]
    [InlineData(Store.Sqlite, 1)]
    public async Task The_log_says_who_has_it_who_may_have_it_and_who_has_it_not(Store store, int part)
    {
        await using var system = await MailSystem.CreateAsync(store);
        Doubt(system.Sink, part, new SinkAction.Close());
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);

        var doubtful = await host.WaitForAsync(id, EmailStatus.Uncertain);
        Assert.Equal(All[..(2 * part)], doubtful.RecipientsSent);
        Assert.Equal(All[(2 * part)..Math.Min(5, (2 * part) + 2)], doubtful.RecipientsInDoubt);
        Assert.Equal(part < 2 ? All[((2 * part) + 2)..] : [], doubtful.RecipientsLeft);
        var listed = Assert.Single((await host.Log.ListAsync(new SendLogQuery())).Items);
        Assert.Equal(doubtful.RecipientsInDoubt, listed.RecipientsInDoubt);

        await host.Uncertain.ResolveAsync(id, UncertainResolution.Resend);
        var sent = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((5, 0, 0), (sent.RecipientsSent.Count, sent.RecipientsInDoubt.Count, sent.RecipientsLeft.Count));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_that_was_not_sent_says_who_has_not_got_it(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        Doubt(system.Sink, 1, new SinkAction.Close());
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        var entry = await host.Uncertain.ResolveAsync(id, UncertainResolution.Failed);

        Assert.Equal(EmailStatus.Failed, entry!.Status);
        Assert.Equal(All[2..], entry.RecipientsLeft);
        Assert.Equal(All[..2], entry.RecipientsSent);
        Assert.Empty(entry.RecipientsInDoubt);
    }

    [Theory]
    [InlineData(Store.Postgres, 0)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Sqlite, 0)]
    [InlineData(Store.Sqlite, 1)]
    public async Task A_report_ends_the_doubt_about_its_own_recipient_only(Store store, int part)
    {
        await using var system = await MailSystem.CreateAsync(store);
        Doubt(system.Sink, part, new SinkAction.Close(Store: true));
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        await ReportAsync("emil@example.com");
        await ReportAsync(part == 0 ? "carl@example.com" : "anna@example.com");
        Assert.Equal(EmailStatus.Uncertain, (await host.Log.TryGetAsync(id.Value))!.Status);
        await ReportAsync(part == 0 ? "anna@example.com" : "dora@example.com");

        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(All, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));

        Task ReportAsync(string recipient) => host.Services.GetRequiredService<IMailReports>().TakeAsync(new MailReport
        {
            Source = "test", EventId = recipient, Kind = MailReportKind.Delivered, EmailId = id.Value, Recipient = recipient,
        });
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_doubt_that_the_journal_knows_better_goes_on_with_the_others(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        Doubt(system.Sink, 0, new SinkAction.Close(Store: true));
        EmailId id;
        await using (var host = await system.StartHostAsync())
        {
            id = await host.Mailer.SendAsync(Mail);
            await host.WaitForAsync(id, EmailStatus.Uncertain);
            var result = new TransportResult { Phase = SendPhase.Reply, Fault = TransportFault.None, ReplyCode = 250, Left = All[2..] };
            host.Services.GetRequiredService<ResultJournal>().Write(
                id.Value, new ResultMark(Guid.NewGuid().ToString(), "a claim given up", "worker", 0, 1, "default", result));
        }

        await using var successor = await system.StartHostAsync();

        await successor.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(All, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
    }

    /// <summary>The server has the message, and the process is killed before it hears so.</summary>
    [Theory]
    [InlineData(Store.Postgres, 0, UncertainResolution.Sent)]
    [InlineData(Store.Postgres, 1, UncertainResolution.Resend)]
    [InlineData(Store.Sqlite, 0, UncertainResolution.Resend)]
    [InlineData(Store.Sqlite, 1, UncertainResolution.Sent)]
    public async Task A_kill_in_a_part_leaves_who_was_in_it(Store store, int part, UncertainResolution resolution)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var settings = system.Settings with { Lock = TimeSpan.FromSeconds(3), Stalled = TimeSpan.FromMilliseconds(500), Claim = TimeSpan.FromSeconds(3) };
        var silent = Doubt(system.Sink, part, new SinkAction.Silence(Store: true));
        EmailId id;
        await using (var victim = DotnetProcess.Start(typeof(SplitDoubtTests).Assembly.Location, [JsonSerializer.Serialize(settings.Configuration())]))
        {
            await victim.ReadAsync("ready");
            await using var producer = await MailHost.StartAsync(settings with { Works = false });
            id = await producer.Mailer.SendAsync(Mail);
            await silent.Reached.WaitAsync(TimeSpan.FromSeconds(30));
            await victim.KillAsync();
        }

        await using var host = await MailHost.StartAsync(settings);
        await host.WaitForAsync(id, EmailStatus.Uncertain, TimeSpan.FromSeconds(60));
        await host.Uncertain.ResolveAsync(id, resolution);

        await host.WaitForAsync(id, EmailStatus.Sent);
        var again = resolution == UncertainResolution.Resend ? All[(2 * part)..(2 * part + 2)] : [];
        Assert.Equal(
            All.Concat(again).Order(StringComparer.Ordinal),
            system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
        Assert.Equal(again.Length > 0 ? 1L : 0L, await host.ScalarAsync<long>("select maybe_duplicate from {t}mail_send_log"));
    }

    private static SinkRule Doubt(SmtpSink sink, int part, SinkAction action)
    {
        ManyRecipientsTests.TakeTwo(sink, Limit);
        return sink.On(SmtpStep.Dot, action, times: 1, when: _ => sink.Messages.Count == part);
    }
}
