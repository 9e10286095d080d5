using Jamail.Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Pipeline;

public class ModeTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task With_redirection_every_mail_goes_to_one_address_and_says_whom_it_was_for(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system, "RedirectAll", ("Jamail:Mail:RedirectTo", "tests@example.org"));

        var id = await host.Mailer.SendAsync(MailSystem.Mail("anna@example.com"));

        Assert.Equal("anna@example.com", (await host.WaitForAsync(id, EmailStatus.Sent)).Recipient);
        var message = Assert.Single(system.Sink.Messages);
        Assert.Equal(["tests@example.org"], message.Recipients);
        Assert.Equal("anna@example.com", message.Header("X-Jamail-Original-To"));
        Assert.DoesNotContain("anna@example.com", message.Header("To"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task With_an_allow_list_mails_to_others_end_as_suppressed(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(
            system, "AllowList", ("Jamail:Mail:AllowedRecipients:0", "bücher.example"), ("Jamail:Mail:AllowedRecipients:1", "Anna@example.com"));

        var listed = await host.Mailer.SendAsync(MailSystem.Mail("anna@example.com"));
        var domain = await host.Mailer.SendAsync(MailSystem.Mail("bob@xn--bcher-kva.example"));
        var other = await host.Mailer.SendAsync(MailSystem.Mail("bob@example.com"));
        var below = await host.Mailer.SendAsync(MailSystem.Mail("bob@sub.bücher.example"));

        await host.WaitForAsync(listed, EmailStatus.Sent);
        await host.WaitForAsync(domain, EmailStatus.Sent);
        Assert.Contains("AllowedRecipients", (await host.WaitForAsync(other, EmailStatus.Suppressed)).Error, StringComparison.Ordinal);
        await host.WaitForAsync(below, EmailStatus.Suppressed);
        Assert.Equal(2, system.Sink.Messages.Count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Magic_addresses_of_the_sandbox_meet_their_fates(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sink = null });

        await EndsAsync("bounce", EmailStatus.Bounced);
        await EndsAsync("soft", EmailStatus.Deferred);
        await EndsAsync("greylist", EmailStatus.Deferred);
        await EndsAsync("throttle", EmailStatus.Sent);
        await EndsAsync("drop-after-data", EmailStatus.Uncertain);
        await EndsAsync("anna", EmailStatus.Sent);

        // What was kept: the mails that were sent, and the one in doubt.
        var kept = await host.Services.GetRequiredService<IDevInbox>().ListAsync();
        Assert.Equal(["anna@sandbox.invalid", "drop-after-data@sandbox.invalid", "throttle@sandbox.invalid"], kept.Select(mail => mail.To).Order());

        async Task EndsAsync(string name, EmailStatus status) =>
            await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail($"{name}@sandbox.invalid")), status);
    }

    [Theory]
    [InlineData("RedirectAll", null, null, "RedirectTo is not set")]
    [InlineData("RedirectAll", "not an address", null, "RedirectTo is 'not an address'")]
    [InlineData("AllowList", null, null, "AllowedRecipients is empty")]
    [InlineData("AllowList", null, "a b", "AllowedRecipients holds 'a b'")]
    public async Task A_mode_without_what_it_needs_stops_the_start(string mode, string? redirectTo, string? allowed, string problem)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);

        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => StartAsync(
            system, mode, ("Jamail:Mail:RedirectTo", redirectTo), ("Jamail:Mail:AllowedRecipients:0", allowed)));

        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    private static Task<MailHost> StartAsync(MailSystem system, string mode, params (string Key, string? Value)[] more) =>
        system.StartHostAsync(settings => settings with
        {
            More = more.Where(pair => pair.Value is not null).Append(("Jamail:Mail:Mode", mode)).ToDictionary(pair => pair.Item1, pair => pair.Item2),
        });
}
