using System.Data.Common;
using System.Text;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Producing;

public class StoringTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Of_mails_that_are_stored_together_one_that_cannot_be_fails_alone(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Configure = mail => mail.Services.AddSingleton<IMailEventSink, PickySink>(),
        });

        var calls = Enumerable.Range(0, 60).Select(i => host.Mailer.SendAsync(MailSystem.Mail(subject: i % 20 == 7 ? "refused" : $"{i}"))).ToList();
        await Task.WhenAll(calls).ContinueWith(all => all.Exception, TaskScheduler.Default);

        Assert.Equal(3, calls.Count(call => call.IsFaulted && call.Exception!.InnerException is NotSupportedException));
        await Eventually.Equal(57, () => host.CountAsync(EmailStatus.Sent), "mails sent");
        Assert.Equal(57L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
        Assert.Equal(57L, await host.ScalarAsync<long>("select count(*) from {t}mail_body"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Where_the_host_wants_it_a_suppressed_recipient_is_refused_and_nothing_is_stored(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Works = false, More = new Dictionary<string, string?> { ["Jamail:Mail:RefuseSuppressed"] = "true" },
        });
        var key = Guid.NewGuid().ToString();
        var before = await host.Mailer.AcceptAsync(MailSystem.Mail() with { IdempotencyKey = key });
        await host.Services.GetRequiredService<ISuppressions>().AddAsync([new Suppression { Address = "anna@example.com" }]);

        var mixed = new[] { MailSystem.Mail(), MailSystem.Mail("bert@example.com") };
        var calls = mixed.Select(mail => host.Mailer.AcceptAsync(mail)).ToList();
        var refused = await Assert.ThrowsAsync<MailException>(() => calls[0]);
        await calls[1];
        var withKey = await Assert.ThrowsAsync<MailException>(() => host.Mailer.AcceptAsync(MailSystem.Mail() with { DedupeKey = key }));
        var strict = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendManyAsync(new EmailBatch { Emails = mixed }));
        var partial = await host.Mailer.SendManyAsync(new EmailBatch { Emails = mixed, AllowPartial = true });
        var replay = await host.Mailer.AcceptAsync(MailSystem.Mail() with { IdempotencyKey = key });

        Assert.Equal((MailError.RecipientSuppressed, MailError.RecipientSuppressed), (refused.Error, withKey.Error));
        Assert.Equal("emails[0].to", Assert.Single(strict.Problems).Field);
        Assert.Equal([false, true], partial.Items.Select(item => item.Email is not null));
        Assert.Equal((before.Id, true), (replay.Id, replay.IsReplay));
        Assert.Equal(3L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Mails_are_counted_by_hour_category_server_and_state(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var begin = DateTimeOffset.UtcNow.AddMinutes(-1);
        await host.Services.GetRequiredService<ISuppressions>().AddAsync([new Suppression { Address = "nobody@example.com" }]);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Sent);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "bulk" }), EmailStatus.Sent);
        await host.Mailer.SendAsync(MailSystem.Mail("nobody@example.com"));
        await host.Mailer.SendAsync(MailSystem.Mail() with { Tenant = "another" });

        await host.Mailer.SendAsync(MailSystem.Mail() with { Tags = ["jamail-test"] }); // As a test of a template is.
        var stats = await host.Log.CountAsync(begin, begin.AddDays(31));
        var many = await Assert.ThrowsAsync<InvalidInputException>(() => host.Log.CountAsync(begin, begin.AddDays(32)));

        Assert.Equal(
            [("bulk", "default", EmailStatus.Sent, 1L), ("default", null, EmailStatus.Suppressed, 1L), ("default", "default", EmailStatus.Sent, 1L)],
            stats.Counts.Select(count => (count.Category, count.Provider, count.Status, count.Count)).OrderBy(count => count));
        Assert.All(stats.Counts, count => Assert.Equal((0, 0), (count.Hour.Minute, count.Hour.Second)));
        Assert.Equal("until", Assert.Single(many.Problems).Field);
        Assert.Empty((await host.Log.CountAsync(begin.AddDays(-2), begin.AddDays(-1))).Counts);
    }

    private sealed class PickySink : IMailEventSink
    {
        public Task WriteAsync(MailEvent mailEvent, DbTransaction transaction, CancellationToken cancellationToken) =>
            Encoding.UTF8.GetString(mailEvent.Payload.Utf8.Span).Contains("refused", StringComparison.Ordinal)
                ? Task.FromException(new NotSupportedException("I do not take this one."))
                : Task.CompletedTask;
    }
}
