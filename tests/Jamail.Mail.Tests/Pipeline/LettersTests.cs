using Jamail.Mail.Tests.Support;
using Jamail.Queueing;

namespace Jamail.Mail.Tests.Pipeline;

/// <summary>Addresses with letters beyond ASCII before the '@'.</summary>
public class LettersTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Where_the_server_takes_none_the_first_mail_fails_by_name_and_the_next_is_not_accepted(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var mail = MailSystem.Mail("änna@example.com") with { Cc = ["bert@example.com", "Zoë <zoë@example.com>"] };

        var entry = await host.WaitForAsync(await host.Mailer.SendAsync(mail), EmailStatus.Failed);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(mail));

        Assert.Contains("smtputf8_required", entry.Error, StringComparison.Ordinal);
        Assert.Equal("smtputf8_required", await host.ScalarAsync<string>("select error_class from {t}mail_send_attempt"));
        Assert.Equal(["to", "cc[1]"], refused.Problems.Select(problem => problem.Field));
        Assert.All(refused.Problems, problem => Assert.StartsWith("smtputf8_required", problem.Rule, StringComparison.Ordinal));
        Assert.Equal(1, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log"));
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail("anna@bücher.example")), EmailStatus.Sent);
    }

    [Fact]
    public async Task Where_the_server_takes_them_they_go_out()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite, sinkOptions: options => options.SmtpUtf8 = true);
        await using var host = await system.StartHostAsync();

        for (var i = 0; i < 2; i++)
        {
            await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail("änna@example.com")), EmailStatus.Sent);
        }

        Assert.All(system.Sink.Messages, message => Assert.Equal(["änna@example.com"], message.Recipients));
    }
}
