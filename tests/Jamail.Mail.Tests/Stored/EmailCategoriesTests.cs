using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Stored;

public class EmailCategoriesTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_category_is_saved_as_it_is_replaced_and_removed(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var invoices = new EmailCategory
        {
            Key = "invoices",
            Priority = 3,
            MaxAge = TimeSpan.FromHours(5),
            DeferSchedule = [TimeSpan.FromMilliseconds(1500), TimeSpan.FromMinutes(2)],
            Uncertain = UncertainPolicy.Reconcile,
            ReconcileWait = TimeSpan.FromSeconds(90),
            Route = ["first", "second"],
            OneClickUnsubscribe = true,
            IsEssential = true,
            KeepLog = TimeSpan.FromDays(30),
            KeepBody = TimeSpan.FromDays(2),
        };

        await host.Categories.SaveAsync(invoices);
        Assert.Equivalent(invoices, await host.Categories.TryGetAsync("invoices"), strict: true);
        Assert.Null(await host.Categories.TryGetAsync("invoices", "another-tenant"));

        await host.Categories.SaveAsync(invoices with { Priority = 0 });
        Assert.Equal(0, (await host.Categories.TryGetAsync("invoices"))!.Priority);
        Assert.Equal(["bulk", "default", "invoices", "otp", "transactional"], (await host.Categories.ListAsync()).Select(category => category.Key));

        Assert.True(await host.Categories.DeleteAsync("invoices"));
        Assert.False(await host.Categories.DeleteAsync("invoices"));
        Assert.Null(await host.Categories.TryGetAsync("invoices"));
    }

    [Fact]
    public async Task A_category_in_the_box_can_be_replaced_and_comes_back_when_that_is_removed()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var first = await host.Categories.TryGetAsync("otp");

        await host.Categories.SaveAsync(first! with { MaxAge = TimeSpan.FromMinutes(3) });
        Assert.Equal(TimeSpan.FromMinutes(3), (await host.Categories.TryGetAsync("otp"))!.MaxAge);

        await host.Categories.DeleteAsync("otp");
        Assert.Equal(first, await host.Categories.TryGetAsync("otp"));
    }

    [Fact]
    public async Task A_wrong_category_is_refused_with_everything_that_is_wrong()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Categories.SaveAsync(new EmailCategory
        {
            Key = "", Priority = -1, MaxAge = TimeSpan.Zero, DeferSchedule = [TimeSpan.Zero], ReconcileWait = TimeSpan.FromDays(8),
            Route = ["\n"], KeepLog = TimeSpan.FromHours(25), KeepBody = TimeSpan.Zero, Uncertain = 0,
        }));

        Assert.Equal(
            ["key", "priority", "maxAge", "deferSchedule[0]", "uncertain", "reconcileWait", "route[0]", "keepLog", "keepBody"],
            refused.Problems.Select(problem => problem.Field));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task The_job_of_a_mail_has_the_priority_of_its_category(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "bulk" });

        var job = await Eventually.Satisfies(
            () => host.Queue.TryGetJobAsync(JobId.Parse($"mail-{id}")), found => found is not null, "the job");
        Assert.Equal((10, JobState.Prioritized), (job!.Priority, job.State));
    }
}
