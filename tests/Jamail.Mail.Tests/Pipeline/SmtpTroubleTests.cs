using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class SmtpTroubleTests
{
    public static TheoryData<Store, SmtpStep> Phases()
    {
        var data = new TheoryData<Store, SmtpStep>();
        foreach (var step in (SmtpStep[])[SmtpStep.Greeting, SmtpStep.Ehlo, SmtpStep.Mail, SmtpStep.Rcpt, SmtpStep.Data])
        {
            data.Add(Store.Sqlite, step);
        }

        data.Add(Store.Postgres, SmtpStep.Rcpt);
        data.Add(Store.Postgres, SmtpStep.Data);
        return data;
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task A_server_that_hangs_up_before_the_content_gets_the_mail_again_and_once(Store store, SmtpStep step)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(step, new SinkAction.Close(), times: 1);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        // Before a mail is named nothing was handed over, so it counts as no attempt.
        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((step < SmtpStep.Mail ? 1 : 2, 1, null), (entry.Attempts, entry.Deferrals, entry.Error));
        Assert.Single(system.Sink.Messages);
    }

    // What the other side had read when it hung up cannot be told from here: the dot may have been on its way.
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_server_that_hangs_up_within_the_content_never_gets_a_second_copy(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var rule = system.Sink.On(SmtpStep.Content, new SinkAction.Close(), times: 1);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        await rule.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        var entry = await Eventually.Satisfies(
            () => host.Log.TryGetAsync(id.Value), found => found?.Status is EmailStatus.Sent or EmailStatus.Uncertain, "the mail to end");
        Assert.Equal(entry!.Status == EmailStatus.Sent ? 1 : 0, system.Sink.Messages.Count);
    }

    [Theory]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    public async Task A_server_that_hangs_up_after_the_final_dot_leaves_an_uncertain_mail_and_never_a_second_copy(Store store, bool stored)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: stored), times: 1);
        await using var host = await system.StartHostAsync();

        var doubtful = await host.Mailer.SendAsync(MailSystem.Mail(subject: "first"));
        var entry = await host.WaitForAsync(doubtful, EmailStatus.Uncertain);
        var clear = await host.Mailer.SendAsync(MailSystem.Mail(subject: "second"));
        await host.WaitForAsync(clear, EmailStatus.Sent);

        Assert.Equal(1, entry.Attempts);
        Assert.NotNull(entry.Error);
        await host.SweptAsync();
        Assert.Equal(stored ? 1 : 0, system.Sink.Copies($"<{entry.MessageId}>"));
        Assert.Equal(EmailStatus.Uncertain, (await host.Log.TryGetAsync(doubtful.Value))!.Status);
    }

    [Theory]
    [InlineData(SmtpStep.Mail, "550 5.7.1 sender refused", EmailStatus.Failed)]
    [InlineData(SmtpStep.Rcpt, "550 5.1.1 no such user", EmailStatus.Bounced)]
    [InlineData(SmtpStep.Data, "554 5.7.1 no", EmailStatus.Bounced)]
    [InlineData(SmtpStep.Dot, "554 5.7.1 spam", EmailStatus.Bounced)]
    public async Task A_refusal_for_good_ends_the_mail_at_once_with_what_the_server_said(SmtpStep step, string reply, EmailStatus status)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        system.Sink.Refuse(step, reply);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await host.WaitForAsync(id, status);
        Assert.Equal(1, entry.Attempts);
        Assert.Contains(reply[..3], entry.Error, StringComparison.Ordinal);
        Assert.Empty(system.Sink.Messages);
    }

    [Theory]
    [InlineData(SmtpStep.Mail)]
    [InlineData(SmtpStep.Rcpt)]
    [InlineData(SmtpStep.Data)]
    [InlineData(SmtpStep.Dot)]
    public async Task A_refusal_for_now_puts_the_mail_off_and_uses_up_no_attempt_of_its_job(SmtpStep step)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        system.Sink.Refuse(step, "451 4.3.0 try again", times: 5);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((6, 5), (entry.Attempts, entry.Deferrals));
        Assert.Single(system.Sink.Messages);
        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found?.State == JobState.Completed, "the job to be done");
        Assert.Equal((1, 6), (job!.AttemptsMade, job.AttemptsStarted));
    }

    /// <summary>A grey-list keeps the first try in mind; in full size for its usual five minutes, and the wait is the one for grey-lists.</summary>
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_grey_listed_mail_goes_by_the_same_server_with_its_second_transaction(Store store)
    {
        var isFull = Proof.Size(0, 1) == 1;
        DateTime? opens = null;
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.Refuse(
            SmtpStep.Rcpt, isFull ? "451 4.7.1 Greylisted, see you later" : "451 4.3.0 see you later",
            when: _ => DateTime.UtcNow < (opens ??= DateTime.UtcNow + (isFull ? TimeSpan.FromSeconds(295) : TimeSpan.FromSeconds(1))));
        await using var host = await system.StartHostAsync(settings => settings with { Defer = [TimeSpan.FromSeconds(2)] });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await host.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromMinutes(isFull ? 8 : 1));
        Assert.Equal((2, 1), (entry.Attempts, entry.Deferrals));
        Assert.Equal(2, system.Sink.Dialogue.Count(line => line.Contains("RCPT TO", StringComparison.OrdinalIgnoreCase)));
        Assert.Single(system.Sink.Messages);
        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found?.State == JobState.Completed, "the job to be done");
        Assert.Equal(1, job!.AttemptsMade);
        Proof.Note($"Grey-listed, {store}: from acceptance to sent", "s", (entry.SentAt!.Value - entry.QueuedAt).TotalSeconds);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_for_a_server_that_stays_down_is_deferred_until_its_time_is_over(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await system.Sink.StopAsync();
        await using var host = await system.StartHostAsync(settings => settings with { Defer = [TimeSpan.FromMilliseconds(300)] });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var waiting = await host.WaitForAsync(id, EmailStatus.Deferred);
        Assert.NotNull(waiting.Error);
        Assert.NotNull(waiting.NextAttemptAt);
        await host.ExecuteAsync("update {t}mail_send_log set expires_at = queued_at + 1");
        var expired = await host.WaitForAsync(id, EmailStatus.Expired);
        Assert.Equal(0, expired.Attempts);
        Assert.Contains(waiting.Error, expired.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_deferred_mail_comes_again_in_its_time_although_Redis_lost_its_memory(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store, ownRedis: true);
        system.Sink.Refuse(SmtpStep.Rcpt, "451 4.3.0 try again", times: 1);
        await using var host = await system.StartHostAsync(settings => settings with { Defer = [TimeSpan.FromSeconds(4)] });
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        var due = (await host.WaitForAsync(id, EmailStatus.Deferred)).NextAttemptAt!.Value;

        await system.Redis.FlushAllAsync();

        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found is not null, "the job to be made again");

        // On a busy machine the look for mails without a job may come after the mail's time.
        Assert.True(job!.State == JobState.Delayed || DateTimeOffset.UtcNow >= due, $"The job is {job.State} before its time.");
        Assert.True((await host.WaitForAsync(id, EmailStatus.Sent)).SentAt >= due);
        Assert.Single(system.Sink.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task While_a_slow_server_takes_a_mail_it_is_shown_as_sending_however_long_the_claim(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1);
        await using var host = await system.StartHostAsync(
            settings => settings with { Claim = TimeSpan.FromSeconds(2), Lock = TimeSpan.FromSeconds(2) });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        var first = await ClaimEndAsync();
        await Eventually.True(async () => await ClaimEndAsync() > first + 2000, "the claim to be renewed for one more claim");
        await host.SweptAsync();
        var during = await host.Log.TryGetAsync(id.Value);
        release.SetResult();

        Assert.Equal(EmailStatus.Sending, during!.Status);
        Assert.Equal(1, (await host.WaitForAsync(id, EmailStatus.Sent)).Attempts);
        Assert.Single(system.Sink.Messages);

        Task<long> ClaimEndAsync() => host.ScalarAsync<long>("select claim_until from {t}mail_send_log");
    }
}
