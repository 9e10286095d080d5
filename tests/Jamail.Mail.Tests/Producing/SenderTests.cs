using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Mail.Tests.Producing;

public class SenderTests
{
    private static readonly Dictionary<string, string?> Lists = new()
    {
        ["Jamail:Mail:FromDomains:*:0"] = "example.com",
        ["Jamail:Mail:FromDomains:shop:0"] = "shop.example",
        ["Jamail:Mail:FromDomains:shop:1"] = "*.shop.example",
        ["Jamail:Mail:BounceDomain"] = "bounce.example.com",
    };

    [Theory]
    [InlineData("default", "anna@example.com", true)]
    [InlineData("default", "Anna <anna@EXAMPLE.com>", true)]
    [InlineData("default", "anna@mail.example.com", false)]
    [InlineData("default", "anna@shop.example", false)]
    [InlineData("shop", "anna@shop.example", true)]
    [InlineData("shop", "anna@eu.shop.example", true)]
    [InlineData("shop", "anna@notshop.example", false)]
    [InlineData("shop", "anna@example.com", false)]
    public async Task A_tenant_sends_from_its_own_domains_only(string tenant, string from, bool isAllowed)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { More = Lists, Works = false, Defer = null });
        var mail = MailSystem.Mail() with { Tenant = tenant, From = from };

        if (isAllowed)
        {
            await host.Mailer.SendAsync(mail);
            return;
        }

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(mail));
        Assert.Equal("from", Assert.Single(refused.Problems).Field);
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
    }

    [Fact]
    public async Task A_job_of_a_producer_that_knows_no_rows_keeps_to_the_domains_too()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { More = Lists });
        var queue = host.Services.GetRequiredService<IJobQueues>().Get(MailOptions.QueueName);
        var id = await queue.AddAsync("send-email", new
        {
            templateId = (string?)null, recipient = "anna@example.com", subject = "s", html = "<p>h</p>", logId = Guid.NewGuid().ToString(),
            category = "default", from = "boss@elsewhere.example",
        });

        var job = await Eventually.Satisfies(() => host.Queue.TryGetJobAsync(id), found => found?.State == JobState.Failed, "the job to fail");

        Assert.Contains("elsewhere.example", job!.FailedReason, StringComparison.Ordinal);
        Assert.Empty(system.Sink.Messages);
    }

    [Fact]
    public async Task Answers_do_not_go_to_the_domain_of_bounces()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { More = Lists, Works = false });

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Mailer.SendAsync(MailSystem.Mail() with { ReplyTo = "b-1@Bounce.example.com" }));

        Assert.Equal("replyTo", Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task Lists_that_are_none_or_leave_the_hosts_own_sender_out_stop_the_start()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:FromDomains:*:0"] = "not a domain" },
        }));

        Assert.Contains(refused.Failures, failure => failure.Contains("FromDomains:* holds 'not a domain'", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, failure => failure.Contains("Jamail:Mail:From is", StringComparison.Ordinal));
    }
}
