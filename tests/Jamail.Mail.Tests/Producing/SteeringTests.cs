using Jamail.Mail.Tests.Support;
using Jamail.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Producing;

public class SteeringTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_scheduled_mail_goes_out_at_its_time_and_not_before(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromSeconds(30), NodeWorkers = false });
        var at = DateTimeOffset.UtcNow.AddSeconds(2);

        var email = await host.Mailer.AcceptAsync(MailSystem.Mail() with { ScheduledAt = at });
        var sent = await host.WaitForAsync(email.Id, EmailStatus.Sent);

        Assert.Equal(EmailStatus.Scheduled, email.Status);
        Assert.True(sent.SentAt >= at, $"{sent.SentAt:O} is before {at:O}");
        Assert.True(sent.SentAt < at.AddSeconds(10), $"{sent.SentAt:O} is long after {at:O}");
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_is_moved_and_taken_back_while_nobody_sends_it(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromSeconds(30) });
        var moved = await host.Mailer.AcceptAsync(MailSystem.Mail("moved@example.com") with { ScheduledAt = DateTimeOffset.UtcNow.AddHours(1) });
        var cancelled = await host.Mailer.AcceptAsync(MailSystem.Mail("cancelled@example.com") with { ScheduledAt = DateTimeOffset.UtcNow.AddHours(1) });

        await host.Mailer.CancelAsync(cancelled.Id);
        await host.Mailer.RescheduleAsync(moved.Id, DateTimeOffset.UtcNow.AddSeconds(-1));
        await host.WaitForAsync(moved.Id, EmailStatus.Sent);

        Assert.Equal(["moved@example.com"], system.Sink.Messages.Select(message => message.Recipients[0]));
        Assert.Equal(EmailStatus.Cancelled, (await host.Log.TryGetAsync(cancelled.Id.Value))!.Status);
        Assert.Contains("cancelled", (await host.Log.TryListEventsAsync(cancelled.Id.Value))!.Select(item => item.Type));
        foreach (var id in (EmailId[])[cancelled.Id, moved.Id])
        {
            Assert.Equal(MailError.WrongState, (await Assert.ThrowsAsync<MailException>(() => host.Mailer.CancelAsync(id))).Error);
            Assert.Equal(MailError.WrongState, (await Assert.ThrowsAsync<MailException>(
                () => host.Mailer.RescheduleAsync(id, DateTimeOffset.UtcNow.AddHours(2)))).Error);
        }

        Assert.Equal(MailError.EmailNotFound, (await Assert.ThrowsAsync<MailException>(
            () => host.Mailer.CancelAsync(EmailId.Parse(Guid.NewGuid().ToString())))).Error);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_whose_job_waits_already_is_moved_with_its_job(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromSeconds(30) });
        await host.Queue.PauseAsync();
        var id = await host.Mailer.SendAsync(MailSystem.Mail("later@example.com"));
        var gone = await host.Mailer.SendAsync(MailSystem.Mail("gone@example.com"));

        await host.Mailer.RescheduleAsync(id, DateTimeOffset.UtcNow.AddHours(1));
        await host.Mailer.CancelAsync(gone);
        await host.Queue.ResumeAsync();
        var last = await host.Mailer.SendAsync(MailSystem.Mail("last@example.com"));
        await host.WaitForAsync(last, EmailStatus.Sent);

        Assert.Equal(["last@example.com"], system.Sink.Messages.Select(message => message.Recipients[0]));
        await host.Mailer.RescheduleAsync(id, DateTimeOffset.UtcNow);
        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(2, system.Sink.Messages.Count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_confirmation_that_comes_after_its_mail_was_moved_is_not_of_the_job_it_wants_now(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromSeconds(30) });
        var outbox = host.Services.GetRequiredService<IOutboxStore<MailJobRow>>();
        var late = DateTimeOffset.UtcNow.AddHours(1);
        var id = (await host.Mailer.AcceptAsync(MailSystem.Mail() with { ScheduledAt = late })).Id;
        var row = new MailJobRow { Id = id.Value, LeasedUntil = late.ToUnixTimeMilliseconds() };

        await host.Mailer.RescheduleAsync(id, late.AddHours(1));
        await outbox.ConfirmAsync([row], "epoch", checkAt: 1, default);
        Assert.Equal(1L, await host.ScalarAsync<long>("select state from {t}mail_job"));

        row.LeasedUntil = late.AddHours(1).ToUnixTimeMilliseconds();
        await outbox.ConfirmAsync([row], "epoch", checkAt: late.ToUnixTimeMilliseconds(), default);
        Assert.Equal(2L, await host.ScalarAsync<long>("select state from {t}mail_job"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_resend_is_a_new_mail_with_the_same_content_and_files(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var first = await host.Mailer.SendAsync(MailSystem.Mail() with
        {
            Attachments = [new EmailAttachment { FileName = "a.txt", Content = new byte[] { 65 } }], Cc = ["cc@example.com"],
        });
        await host.WaitForAsync(first, EmailStatus.Sent);

        var second = await host.Mailer.ResendAsync(first, new EmailResend { To = "other@example.com" });
        var entry = await host.WaitForAsync(second.Id, EmailStatus.Sent);

        Assert.Equal(first, entry.ResendOf);
        Assert.Equal(2, system.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(["other@example.com"], system.Sink.Messages[1].Recipients);
        Assert.Contains("a.txt", system.Sink.Messages[1].Text, StringComparison.Ordinal);
    }
}
