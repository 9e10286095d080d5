using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Producing;

/// <summary>What one e-mail may ask for beside its category: a mail server, and to be the only one of its kind for a while.</summary>
public class ChoosingTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_goes_by_the_server_it_names_and_by_no_other(Store store)
    {
        await using var relay = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(new EmailProviderDraft { Name = "relay", Host = relay.Host, Port = relay.Port, Security = SmtpSecurity.None });

        var chosen = await host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "relay" });
        Assert.Equal("relay", (await host.WaitForAsync(chosen, EmailStatus.Sent)).Provider);
        var other = await host.Mailer.SendAsync(MailSystem.Mail());
        Assert.Equal("default", (await host.WaitForAsync(other, EmailStatus.Sent)).Provider);
        var again = await host.Mailer.ResendAsync(other, new EmailResend { Provider = "relay" });
        Assert.Equal("relay", (await host.WaitForAsync(again.Id, EmailStatus.Sent)).Provider);

        Assert.Equal((1, 2), (system.Sink.Messages.Count, relay.Messages.Count));
        foreach (var unknown in new Func<Task>[]
        {
            () => host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "nobody" }),
            () => host.Mailer.ResendAsync(other, new EmailResend { Provider = "nobody" }),
        })
        {
            var problem = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(unknown)).Problems);
            Assert.Equal("provider", problem.Field);
            Assert.Contains("'nobody'", problem.Rule, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Of_mails_about_the_same_thing_one_is_sent_in_the_window_whatever_they_hold(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        var mail = MailSystem.Mail() with { DedupeKey = "password-4711", DedupeWindow = TimeSpan.FromHours(1) };

        var first = await host.Mailer.AcceptAsync(mail);
        var second = await host.Mailer.AcceptAsync(mail with { Subject = "Another code", IdempotencyKey = "k-1" });
        var other = await host.Mailer.AcceptAsync(mail with { DedupeKey = "password-4712" });
        await host.ExecuteAsync("update {t}mail_idempotency set expires_at = 0 where route = 'dedupe' and key = 'password-4711'");
        var later = await host.Mailer.AcceptAsync(mail);

        Assert.Equal((first.Id, true), (second.Id, second.IsReplay));
        Assert.False(first.IsReplay || other.IsReplay || later.IsReplay);
        Assert.Equal(3, new[] { first.Id, other.Id, later.Id }.Distinct().Count());
        await system.Sink.WaitForAsync(3);
        Assert.Equal(3L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Of_20_parallel_mails_about_the_same_thing_one_is_stored(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var accepted = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                return await host.Mailer.AcceptAsync(MailSystem.Mail(subject: $"Code {i}") with { DedupeKey = "otp-1" });
            }
            catch (IdempotencyException busy) when (busy.IsInFlight)
            {
                return null;
            }
        }));

        Assert.Single(accepted, email => email is { IsReplay: false });
        Assert.Equal(1L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
    }

    [Fact]
    public async Task A_roll_back_takes_the_dedupe_key_with_it()
    {
        await using var system = await MailSystem.CreateAsync(Store.Postgres);
        await using var host = await StartAsync(system);
        await using (var connection = await host.OpenDatabaseAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await host.Mailer.SendAsync(MailSystem.Mail() with { DedupeKey = "once" }, transaction);
            await transaction.RollbackAsync();
        }

        Assert.False((await host.Mailer.AcceptAsync(MailSystem.Mail() with { DedupeKey = "once" })).IsReplay);
    }

    [Theory]
    [InlineData("dedupeKey", "two words", null)]
    [InlineData("dedupeKey", null, 60)]
    [InlineData("dedupeWindow", "k", 0)]
    [InlineData("dedupeWindow", "k", 86_401)]
    public async Task What_is_wrong_with_a_dedupe_key_is_named(string field, string? key, int? seconds)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var mail = MailSystem.Mail() with { DedupeKey = key, DedupeWindow = seconds is { } given ? TimeSpan.FromSeconds(given) : null };

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(mail));
        var batch = await host.Mailer.SendManyAsync(new EmailBatch { Emails = [MailSystem.Mail() with { DedupeKey = "k" }], AllowPartial = true });

        Assert.Equal(field, Assert.Single(refused.Problems).Field);
        Assert.Equal("dedupeKey", Assert.Single(Assert.Single(batch.Items).Problems).Field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trying_a_server_shows_what_it_offers(bool isLost)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        if (isLost)
        {
            await system.Sink.StopAsync();
        }

        var check = await host.Providers.VerifyAsync("default");

        Assert.Equal(!isLost, check!.Succeeded);
        Assert.Equal(isLost ? [] : ["8BITMIME", "ENHANCEDSTATUSCODES", "PIPELINING", "SIZE 10485760"], check.Capabilities.Order(StringComparer.Ordinal));
    }

    private static Task<MailHost> StartAsync(MailSystem system) => system.StartHostAsync(settings => settings with
    {
        More = new Dictionary<string, string?> { ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8" },
    });
}
