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

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((2, null), (entry.Attempts, entry.Error));
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
        await Task.Delay(2 * system.Settings.Sweep); // Two sweeps: nothing may come of them.
        Assert.Equal(stored ? 1 : 0, system.Sink.Copies($"<{entry.MessageId}>"));
        Assert.Equal(EmailStatus.Uncertain, (await host.Log.TryGetAsync(doubtful.Value))!.Status);
    }

    [Theory]
    [InlineData(SmtpStep.Mail, "550 5.7.1 sender refused")]
    [InlineData(SmtpStep.Rcpt, "550 5.1.1 no such user")]
    [InlineData(SmtpStep.Data, "554 5.7.1 no")]
    [InlineData(SmtpStep.Dot, "554 5.7.1 spam")]
    public async Task A_refusal_for_good_fails_the_mail_at_once_with_what_the_server_said(SmtpStep step, string reply)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        system.Sink.Refuse(step, reply);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await host.WaitForAsync(id, EmailStatus.Failed);
        Assert.Equal(1, entry.Attempts);
        Assert.Contains(reply[..3], entry.Error, StringComparison.Ordinal);
        Assert.Empty(system.Sink.Messages);
    }

    [Theory]
    [InlineData(SmtpStep.Mail)]
    [InlineData(SmtpStep.Rcpt)]
    [InlineData(SmtpStep.Data)]
    [InlineData(SmtpStep.Dot)]
    public async Task A_refusal_for_now_is_tried_again(SmtpStep step)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        system.Sink.Refuse(step, "451 4.3.0 try again", times: 2);
        await using var host = await system.StartHostAsync();

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        Assert.Equal(3, (await host.WaitForAsync(id, EmailStatus.Sent)).Attempts);
        Assert.Single(system.Sink.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_server_that_stays_down_fails_the_mail_after_its_attempts_and_shows_retrying_meanwhile(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await system.Sink.StopAsync();
        await using var host = await system.StartHostAsync(settings => settings with { Backoff = TimeSpan.FromSeconds(1) });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var waiting = await host.WaitForAsync(id, EmailStatus.Retrying);
        Assert.NotNull(waiting.Error);
        var failed = await host.WaitForAsync(id, EmailStatus.Failed);
        Assert.Equal(3, failed.Attempts);

        // The job is settled after its mail is.
        await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")),
            job => job is { State: JobState.Failed, AttemptsMade: 3 },
            "the job to have failed after 3 attempts");
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
            settings => settings with { Claim = TimeSpan.FromSeconds(1), Lock = TimeSpan.FromSeconds(1) });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(4)); // Four claims, four locks, four sweeps.
        var during = await host.Log.TryGetAsync(id.Value);
        release.SetResult();

        Assert.Equal(EmailStatus.Sending, during!.Status);
        Assert.Equal(1, (await host.WaitForAsync(id, EmailStatus.Sent)).Attempts);
        Assert.Single(system.Sink.Messages);
    }
}
