using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class QuotaTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_is_beyond_the_quota_of_the_day_goes_by_the_next_server_or_waits_without_an_attempt(Store store)
    {
        await using var first = await SmtpSink.StartAsync();
        await using var second = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(store);
        await using var one = await StartAsync(system);
        await using var two = await StartAsync(system);
        await one.Providers.SaveAsync(Draft("first", first) with { DailyQuota = 3 });
        await one.Providers.SaveAsync(Draft("second", second));
        await one.Categories.SaveAsync(new EmailCategory { Key = "both", Route = ["first", "second"] });
        await one.Categories.SaveAsync(new EmailCategory { Key = "alone", Route = ["first"] });

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => one.Mailer.SendAsync(MailSystem.Mail($"u{i}@example.com") with { Category = "both" })));
        foreach (var id in ids)
        {
            await one.WaitForAsync(id, EmailStatus.Sent);
        }

        var waiting = await one.Mailer.SendAsync(MailSystem.Mail() with { Category = "alone" });
        await Eventually.True(async () => (await one.Queue.GetCountsAsync()).Delayed == 1, "the mail to wait for another day");

        Assert.Equal((3, 5), (first.Messages.Count, second.Messages.Count));
        var entry = (await one.Log.TryGetAsync(waiting.Value))!;
        Assert.Equal((EmailStatus.Queued, 0, 0), (entry.Status, entry.Attempts, entry.Deferrals));
        Assert.Equal(3, (await one.Providers.TryGetAsync("first"))!.DailyQuota);
    }

    [Fact]
    public async Task A_rate_for_each_domain_holds_up_its_mails_and_no_others()
    {
        await using var relay = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("relay", relay) with { RatePerDomain = 0.01 });
        await host.Categories.SaveAsync(new EmailCategory { Key = "shop", Route = ["relay"] });

        // Two tokens to begin with for each: both names of one mailbox provider share theirs.
        string[] to = ["a@gmail.com", "b@googlemail.com", "c@gmail.com", "d@example.com", "e@example.org"];
        var ids = await Task.WhenAll(to.Select(address => host.Mailer.SendAsync(MailSystem.Mail(address) with { Category = "shop" })));
        await relay.WaitForAsync(4);
        await Eventually.True(async () => (await host.Queue.GetCountsAsync()).Delayed == 1, "the third to gmail to wait");

        var held = Assert.Single(await Task.WhenAll(ids.Select(id => host.Log.TryGetAsync(id.Value))), entry => entry!.Status == EmailStatus.Queued);
        Assert.EndsWith("mail.com", held!.Recipient, StringComparison.Ordinal);
        Assert.Equal(0, held.Attempts);
    }

    [Theory]
    [InlineData("gmail.com", "gmail")]
    [InlineData("googlemail.com", "gmail")]
    [InlineData("hotmail.co.uk", "microsoft")]
    [InlineData("outlook.com", "microsoft")]
    [InlineData("yahoo.co.jp", "yahoo")]
    [InlineData("aol.com", "yahoo")]
    [InlineData("icloud.com", "apple")]
    [InlineData("me.example.com", "me.example.com")]
    [InlineData("example.org", "example.org")]
    public void Domains_of_one_mailbox_provider_are_one(string domain, string group) => Assert.Equal(group, DomainGroups.Of(domain));

    private static EmailProviderDraft Draft(string name, SmtpSink sink) =>
        new() { Name = name, Host = sink.Host, Port = sink.Port, Security = SmtpSecurity.None };

    private static Task<MailHost> StartAsync(MailSystem system) => system.StartHostAsync(settings => settings with
    {
        More = new Dictionary<string, string?> { ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8" },
    });
}
