using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Producing;

public class BatchTests
{
    private static readonly EmailMessage[] Mixed =
    [
        MailSystem.Mail("a@example.com"), MailSystem.Mail("nobody"), MailSystem.Mail("b@example.com"),
        MailSystem.Mail() with { Template = "none", Subject = null, Html = null },
    ];

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_strict_batch_with_a_bad_mail_stores_nothing_and_names_each_fault(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Mailer.SendManyAsync(new EmailBatch { Emails = Mixed }));

        Assert.Equal(["emails[1].to", "emails[3].template"], refused.Problems.Select(problem => problem.Field));
        Assert.Empty((await host.Log.ListAsync(new SendLogQuery())).Items);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_partial_batch_sends_the_good_ones_once_for_each_key(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var batch = new EmailBatch { Emails = Mixed, AllowPartial = true, IdempotencyKey = "b1" };

        var result = await host.Mailer.SendManyAsync(batch);
        var again = await host.Mailer.SendManyAsync(batch);

        Assert.Equal([true, false, true, false], result.Items.Select(item => item.Email is not null));
        Assert.Equal("to", Assert.Single(result.Items[1].Problems).Field);
        Assert.Equal((result.Id, true), (again.Id, again.IsReplay));
        await Eventually.Satisfies(() => Task.FromResult(system.Sink.Messages.Count), count => count == 2, "both mails");
        Assert.Equal(2, (await host.Log.ListAsync(new SendLogQuery { BatchId = result.Id })).Items.Count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Five_hundred_mails_go_in_together_and_all_arrive(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { NodeWorkers = false });

        await host.Mailer.SendManyAsync(new EmailBatch
        {
            Emails = [.. Enumerable.Range(0, 500).Select(i => MailSystem.Mail($"r{i}@example.com"))],
        });

        await Eventually.Satisfies(
            () => Task.FromResult(system.Sink.Messages.Select(message => message.Recipients[0]).Distinct().Count()), count => count == 500, "500 mails",
            TimeSpan.FromSeconds(60));
        Assert.Equal(500, system.Sink.Messages.Count);
        await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Mailer.SendManyAsync(new EmailBatch { Emails = [.. Enumerable.Repeat(MailSystem.Mail(), 501)] }));
    }
}
