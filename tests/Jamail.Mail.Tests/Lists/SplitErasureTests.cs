using Jamail.Mail.Tests.Pipeline;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Lists;

/// <summary>A server takes two recipients in one transaction, the mail has five, and one of them is erased in between.</summary>
public class SplitErasureTests
{
    private static readonly string[] All = ["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com", "emil@example.com"];

    private static EmailMessage Mail { get; } = MailSystem.Mail() with { Cc = All[1..3], Bcc = All[3..] };

    [Theory]
    [InlineData(Store.Postgres, 0, UncertainResolution.Sent)]
    [InlineData(Store.Postgres, 0, UncertainResolution.Resend)]
    [InlineData(Store.Postgres, 1, UncertainResolution.Sent)]
    [InlineData(Store.Sqlite, 0, UncertainResolution.Sent)]
    [InlineData(Store.Sqlite, 1, UncertainResolution.Sent)]
    [InlineData(Store.Sqlite, 1, UncertainResolution.Resend)]
    public async Task Who_was_left_out_by_a_part_in_doubt_is_gone_and_the_others_get_it(Store store, int part, UncertainResolution resolution)
    {
        await using var system = await CreateAsync(store);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: resolution == UncertainResolution.Sent), times: 1, when: _ => system.Sink.Messages.Count == part);
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        await EraseAsync(host, "emil");
        await host.Uncertain.ResolveAsync(id, resolution);

        await host.WaitForAsync(id, EmailStatus.Sent);
        AssertOnce(system, All[..4]);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Who_is_the_last_one_left_has_nobody_get_it_twice(Store store)
    {
        await using var system = await CreateAsync(store);
        RecordingSink.Clear(system.Settings.Prefix);
        system.Sink.Refuse(SmtpStep.Mail, "451 4.3.0 later", when: _ => system.Sink.Messages.Count == 2);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Defer = [TimeSpan.FromHours(1)], Configure = mail => RecordingSink.AddTo(mail, settings.Prefix),
        });
        var id = await host.Mailer.SendAsync(Mail);
        await host.WaitForAsync(id, EmailStatus.Deferred);

        await EraseAsync(host, "emil");

        var entry = (await host.Log.TryGetAsync(id.Value))!;
        Assert.Equal(EmailStatus.Sent, entry.Status);
        Assert.NotNull(entry.SentAt);
        Assert.Empty(entry.RecipientsLeft);
        Assert.Equal("email.sent", RecordingSink.Of(system.Settings.Prefix)[^1].Type);
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_job"));
        AssertOnce(system, All[..4]);
    }

    /// <summary>The worker has read the mail with all its recipients, and knows of nothing.</summary>
    [Theory]
    [InlineData(Store.Postgres, 0)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Sqlite, 0)]
    [InlineData(Store.Sqlite, 1)]
    public async Task Who_is_left_out_by_the_part_under_way_stays_gone(Store store, int part)
    {
        await using var system = await CreateAsync(store);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1, when: _ => system.Sink.Messages.Count == part);
        system.Sink.Refuse(SmtpStep.Mail, "451 4.3.0 later", when: _ => system.Sink.Messages.Count == part + 1);
        await using var host = await system.StartHostAsync(settings => settings with { Defer = [TimeSpan.FromHours(1)] });
        var id = await host.Mailer.SendAsync(Mail);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await EraseAsync(host, "emil");
        release.SetResult();

        if (part == 0)
        {
            await host.WaitForAsync(id, EmailStatus.Deferred);
            await AssertGoneAsync(host, "emil");
            system.Sink.Behave();
            await host.Mailer.RescheduleAsync(id, DateTimeOffset.UtcNow);
        }

        await host.WaitForAsync(id, EmailStatus.Sent);
        AssertOnce(system, All[..4]);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Who_is_suppressed_as_the_last_one_left_leaves_a_mail_that_is_sent(Store store)
    {
        await using var system = await CreateAsync(store);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1, when: _ => system.Sink.Messages.Count == 1);
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(Mail);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await host.Suppressions.AddAsync([new Suppression { Address = "emil@example.com" }]);
        release.SetResult();

        await host.WaitForAsync(id, EmailStatus.Sent);
        AssertOnce(system, All[..4]);
    }

    private static async Task<MailSystem> CreateAsync(Store store)
    {
        var system = await MailSystem.CreateAsync(store);
        ManyRecipientsTests.TakeTwo(system.Sink, "452 4.5.3 Too many recipients");
        return system;
    }

    private static async Task EraseAsync(MailHost host, string name)
    {
        Assert.Equal(1, await host.Suppressions.EraseAsync($"{name}@example.com"));
        await AssertGoneAsync(host, name);
    }

    private static async Task AssertGoneAsync(MailHost host, string name) =>
        Assert.Equal(0L, await host.ScalarAsync<long>(
            """
            select count(*) from {t}mail_send_log
            where coalesce(cc, '') || coalesce(bcc, '') || coalesce(recipients_left, '') || coalesce(part_left, '') || coalesce(smtp_text, '')
              || coalesce(status_reason, '') like @pattern
            """,
            new { pattern = $"%{name}%" }));

    private static void AssertOnce(MailSystem system, string[] recipients) =>
        Assert.Equal(recipients, system.Sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
}
