using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class UncertainTests
{
    [Theory]
    [InlineData(Store.Postgres, UncertainPolicy.Resend)]
    [InlineData(Store.Sqlite, UncertainPolicy.Resend)]
    [InlineData(Store.Postgres, UncertainPolicy.Reconcile)]
    [InlineData(Store.Sqlite, UncertainPolicy.Reconcile)]
    public async Task A_mail_in_doubt_is_sent_again_once_as_its_category_says(Store store, UncertainPolicy policy)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);
        await using var host = await system.StartHostAsync(settings => settings with { Uncertain = policy });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((2, 1, 0), (entry.Attempts, entry.Resends, entry.Deferrals));
        Assert.Equal(2, system.Sink.Copies($"<{entry.MessageId}>"));
        Assert.Equal(1L, await host.ScalarAsync<long>("select maybe_duplicate from {t}mail_send_log"));
        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found?.State == JobState.Completed, "the job to be done");
        Assert.Equal(1, job!.AttemptsMade);
    }

    [Theory]
    [InlineData(Store.Postgres, UncertainPolicy.Resend)]
    [InlineData(Store.Sqlite, UncertainPolicy.Reconcile)]
    public async Task A_second_doubt_waits_for_a_person(Store store, UncertainPolicy policy)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(), times: 2);
        await using var host = await system.StartHostAsync(settings => settings with { Uncertain = policy });

        var id = await host.Mailer.SendAsync(MailSystem.Mail());

        var entry = await Eventually.Satisfies(
            () => host.Log.TryGetAsync(id.Value), found => found is { Status: EmailStatus.Uncertain, Resends: 1, NextAttemptAt: null }, "the second doubt");
        await host.SweptAsync();
        Assert.Equal(2, entry!.Attempts);
        Assert.Equal(2, (await host.Log.TryGetAsync(id.Value))!.Attempts);
        Assert.Empty(system.Sink.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_that_is_known_to_have_arrived_while_its_report_is_awaited_is_not_sent_again(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Uncertain = UncertainPolicy.Reconcile, ReconcileWait = TimeSpan.FromSeconds(2),
        });
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        Assert.NotNull((await host.WaitForAsync(id, EmailStatus.Uncertain)).NextAttemptAt);

        Assert.Equal(EmailStatus.Sent, (await host.Uncertain.ResolveAsync(id, UncertainResolution.Sent))!.Status);

        await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found?.State == JobState.Completed, "the job to be done");
        Assert.Single(system.Sink.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_doubt_is_resolved_by_hand_in_three_ways_and_is_told(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(), times: 3);
        RecordingSink.Clear(system.Settings.Prefix);
        await using var host = await system.StartHostAsync(
            settings => settings with { Configure = mail => RecordingSink.AddTo(mail, settings.Prefix) });
        var ids = new List<EmailId>();
        foreach (var name in new[] { "sent", "failed", "resend" })
        {
            ids.Add(await host.Mailer.SendAsync(MailSystem.Mail(subject: name)));
            await host.WaitForAsync(ids[^1], EmailStatus.Uncertain);
        }

        Assert.Equal(EmailStatus.Sent, (await host.Uncertain.ResolveAsync(ids[0], UncertainResolution.Sent))!.Status);
        Assert.Equal(EmailStatus.Failed, (await host.Uncertain.ResolveAsync(ids[1], UncertainResolution.Failed))!.Status);
        await host.Uncertain.ResolveAsync(ids[2], UncertainResolution.Resend);

        var again = await host.WaitForAsync(ids[2], EmailStatus.Sent);
        Assert.Equal(1, again.Resends);
        Assert.Equal("resend", Assert.Single(system.Sink.Messages).Header("Subject"));
        Assert.Null(await host.Uncertain.ResolveAsync(EmailId.Parse(Guid.NewGuid().ToString()), UncertainResolution.Sent));
        var refused = await Assert.ThrowsAsync<MailException>(() => host.Uncertain.ResolveAsync(ids[0], UncertainResolution.Resend));
        Assert.Equal(MailError.NotUncertain, refused.Error);
        Assert.Equal(
            ["email.failed", "email.sent", "email.uncertain"],
            (await Task.WhenAll(ids.Select(id => host.ScalarAsync<string>(
                "select type from {t}mail_event where log_id = @id and source = 'hand'", new { id = id.Value })))).Order());
        Assert.Equal(4, RecordingSink.Of(system.Settings.Prefix).Count(told => told.Type == "email.uncertain"));
    }

    /// <summary>It knows a repeat again for 24 hours; later the next one may be a second copy.</summary>
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task By_a_server_that_drops_repeats_a_doubt_is_sent_again_for_24_hours_and_then_waits_for_a_person(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var dropping = await SmtpSink.StartAsync();
        dropping.On(SmtpStep.Dot, new SinkAction.Close());
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8" },
        });
        await host.Providers.SaveAsync(ProviderTests.Draft("dropping", dropping) with { SwallowsRepeats = true });
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "dropping" });
        Assert.NotNull((await host.WaitForAsync(id, EmailStatus.Uncertain)).NextAttemptAt);

        await host.ExecuteAsync("update {t}mail_send_log set doubt_since = doubt_since - 90000000");

        var held = await Eventually.Satisfies(
            () => host.Log.TryGetAsync(id.Value), found => found is { Status: EmailStatus.Uncertain, NextAttemptAt: null, CompletedAt: not null }, "the mail to be held");
        dropping.Behave();
        await host.SweptAsync();
        Assert.Equal(held!.Attempts, (await host.Log.TryGetAsync(id.Value))!.Attempts);
        Assert.Empty(dropping.Messages);
        await host.Uncertain.ResolveAsync(id, UncertainResolution.Resend);
        await host.WaitForAsync(id, EmailStatus.Sent);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Many_doubts_are_counted_and_resolved_together(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        // One fewer than the failures that have the server left alone for half a minute.
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(), times: 4);
        await using var host = await system.StartHostAsync();
        for (var i = 0; i < 4; i++)
        {
            await host.Mailer.SendAsync(MailSystem.Mail() with { Category = i < 3 ? "default" : "bulk" });
        }

        await Eventually.Equal(4, () => host.CountAsync(EmailStatus.Uncertain), "mails in doubt");
        var query = new UncertainQuery { Category = "default" };

        Assert.Equal(3, await host.Uncertain.ResolveAllAsync(query, UncertainResolution.Resend, dryRun: true));
        Assert.Equal(0, await host.Uncertain.ResolveAllAsync(query with { Tenant = "another" }, UncertainResolution.Resend));
        Assert.Equal(3, await host.Uncertain.ResolveAllAsync(query, UncertainResolution.Resend));

        await system.Sink.WaitForAsync(3);
        await Eventually.Equal(3, () => host.CountAsync(EmailStatus.Sent), "mails sent again");
        Assert.Equal(1, await host.CountAsync(EmailStatus.Uncertain));
    }
}
