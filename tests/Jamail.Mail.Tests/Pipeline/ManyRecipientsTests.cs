using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Pipeline;

/// <summary>A server takes two recipients in one transaction, and the mail has five.</summary>
public class ManyRecipientsTests
{
    private static readonly string[] All = ["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com", "emil@example.com"];

    private static EmailMessage Mail { get; } = MailSystem.Mail() with
    {
        Cc = ["Bert <bert@example.com>", "carl@example.com"], Bcc = ["dora@example.com", "emil@example.com"],
    };

    [Theory]
    [InlineData(Store.Postgres, true, "452 4.5.3 Too many recipients")]
    [InlineData(Store.Sqlite, true, "452 4.5.3 Too many recipients")]
    [InlineData(Store.Sqlite, false, "552 too many recipients")]
    public async Task The_mail_goes_in_parts_and_to_nobody_twice(Store store, bool pipelining, string reply)
    {
        await using var system = await MailSystem.CreateAsync(store, sinkOptions: options => options.Pipelining = pipelining);
        TakeTwo(system.Sink, reply);
        RecordingSink.Clear(system.Settings.Prefix);
        await using var host = await system.StartHostAsync(
            settings => settings with { Configure = mail => RecordingSink.AddTo(mail, settings.Prefix), Sweep = TimeSpan.FromMinutes(1) });

        var id = await host.Mailer.SendAsync(Mail);

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((3, 0, 0), (entry.Attempts, entry.Deferrals, entry.Resends));
        Assert.Empty(entry.RecipientsLeft);
        Assert.Equal([2, 2, 1], system.Sink.Messages.Select(message => message.Recipients.Count));
        Assert.Equal(All, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
        Assert.Single(system.Sink.Messages.Select(message => message.Header("Cc") + message.MessageId).Distinct());
        Assert.Equal(["email.queued", "email.sent"], RecordingSink.Of(system.Settings.Prefix).Select(told => told.Type));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_is_left_waits_by_itself_and_its_job_names_only_those(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        TakeTwo(system.Sink, "452 4.5.3 Too many recipients");
        var refuse = true;
        system.Sink.Refuse(SmtpStep.Mail, "451 4.3.0 later", when: _ => refuse && system.Sink.Messages.Count == 1);
        await using var host = await system.StartHostAsync(settings => settings with { Defer = [TimeSpan.FromHours(1)] });

        var id = await host.Mailer.SendAsync(Mail);

        var waiting = await host.WaitForAsync(id, EmailStatus.Deferred);
        Assert.Equal(["carl@example.com", "dora@example.com", "emil@example.com"], waiting.RecipientsLeft);
        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}-2")), found => found?.State == JobState.Delayed, "the job of what is left");
        var data = job!.Data.ToString();
        Assert.Contains("\"recipient\":\"carl@example.com\"", data, StringComparison.Ordinal);
        Assert.Contains("\"bcc\":[\"dora@example.com\",\"emil@example.com\"]", data, StringComparison.Ordinal);
        Assert.DoesNotContain("bert", data, StringComparison.Ordinal);
        refuse = false;
        await host.Mailer.RescheduleAsync(id, DateTimeOffset.UtcNow);
        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(All, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_doubt_about_one_part_repeats_that_part_only(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        TakeTwo(system.Sink, "452 4.5.3 Too many recipients");
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1, when: _ => system.Sink.Messages.Count == 1);
        await using var host = await system.StartHostAsync(settings => settings with { Uncertain = UncertainPolicy.Resend });

        var id = await host.Mailer.SendAsync(Mail);

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(1, entry.Resends);
        var copies = system.Sink.Messages.SelectMany(message => message.Recipients).CountBy(address => address).ToDictionary(StringComparer.Ordinal);
        Assert.Equal([1, 1, 2, 2, 1], All.Select(address => copies[address]));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_copy_whose_mailbox_does_not_exist_is_suppressed_and_not_the_recipient(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 no such user", when: line => line.Contains("dora", StringComparison.Ordinal));
        await using var host = await system.StartHostAsync();
        var list = host.Services.GetRequiredService<ISuppressions>();

        var first = await host.WaitForAsync(await host.Mailer.SendAsync(Mail), EmailStatus.Bounced);
        var second = await host.WaitForAsync(await host.Mailer.SendAsync(Mail), EmailStatus.Sent);

        Assert.Contains("5.1.1", first.Error, StringComparison.Ordinal);
        Assert.Null(await list.CheckAsync("anna@example.com", "default"));
        Assert.Equal(SuppressionReason.HardBounce, (await list.CheckAsync("dora@example.com", "default"))!.Reason);
        Assert.Equal(1, second.Attempts);
        Assert.Equal(All.Where(address => address[0] != 'd'), system.Sink.Messages.Single().Recipients.Order(StringComparer.Ordinal));
    }

    internal static void TakeTwo(SmtpSink sink, string reply)
    {
        var named = 0;
        sink.Refuse(SmtpStep.Mail, "", when: _ =>
        {
            named = 0;
            return false;
        });
        sink.Refuse(SmtpStep.Rcpt, reply, when: _ => ++named > 2);
    }
}
