using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Stored;

public class AuditTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Every_change_says_who_made_it_and_an_erased_person_is_not_named(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false, Defer = null });
        var audit = host.Services.GetRequiredService<IMailAudit>();
        var suppressions = host.Services.GetRequiredService<ISuppressions>();
        var parts = host.Services.GetRequiredService<ITemplateParts>();
        var draft = new EmailTemplateDraft { Name = "Code", Key = "code", Subject = "s", Html = "<p>h</p>" };

        await host.Templates.CreateAsync(draft);
        using (audit.ActAs("anna"))
        {
            await host.Templates.CreateDraftAsync("code", draft);
            await host.Templates.PublishAsync("code", 2);
            await host.Templates.PublishAsync("code", 1);
            await host.Templates.ArchiveAsync("code");
        }

        await parts.SaveAsync(TemplatePartKind.Layout, "frame", "<html><body>{{{content}}}</body></html>");
        await host.Categories.SaveAsync(new EmailCategory { Key = "news" });
        await host.Categories.DeleteAsync("news");
        Assert.False(await host.Categories.DeleteAsync("news"));
        await host.Providers.SaveAsync(new EmailProviderDraft { Name = "relay", Host = "smtp.example.com" });
        await host.Providers.PauseAsync("relay", "moving");
        await host.Providers.ResumeAsync("relay");
        await host.Providers.DeleteAsync("relay");
        await suppressions.AddAsync([new Suppression { Address = "eve@example.com", Scope = "news" }]);
        await suppressions.RemoveAsync("eve@example.com");
        await suppressions.AddAsync([new Suppression { Address = "a@example.com" }, new Suppression { Address = "b@example.com" }]);
        var suppressed = await host.Mailer.AcceptAsync(MailSystem.Mail("a@example.com"));
        var forced = await host.Mailer.ResendAsync(suppressed.Id, new EmailResend { Force = true });
        await suppressions.EraseAsync("eve@example.com");

        var first = await audit.ListAsync(pageSize: 10);
        var rest = await audit.ListAsync(first.Next, pageSize: 200);
        Assert.Equal(
            [
                ("host", "template.created", "code", null),
                ("anna", "template.published", "code", "version 2 after 1"),
                ("anna", "template.rolled_back", "code", "version 1 after 2"),
                ("anna", "template.archived", "code", null),
                ("host", "layout.saved", "frame", "version 1"),
                ("host", "category.saved", "news", null),
                ("host", "category.deleted", "news", null),
                ("host", "provider.saved", "relay", null),
                ("host", "provider.paused", "relay", "moving"),
                ("host", "provider.resumed", "relay", null),
                ("host", "provider.deleted", "relay", null),
                ("host", "suppression.added", "", "for news"),
                ("host", "suppression.removed", "", "for everything"),
                ("host", "suppression.imported", "", "2 addresses"),
                ("host", "email.resent_by_force", forced.Id.Value, (string?)$"of {suppressed.Id}"),
                ("host", "person.erased", "", null),
            ],
            first.Items.Concat(rest.Items).Reverse().Select(entry => (entry.Actor, entry.Action, entry.Subject, entry.Detail)));
        Assert.Empty((await audit.ListAsync(tenant: "another")).Items);
        Assert.Null(rest.Next);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_change_that_is_refused_leaves_no_entry(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false, Defer = null });
        var draft = new EmailTemplateDraft { Name = "Code", Key = "code", Subject = "s", Html = "<p>h</p>" };
        await host.Templates.CreateAsync(draft);

        await Assert.ThrowsAsync<MailException>(() => host.Templates.CreateAsync(draft));
        await Assert.ThrowsAsync<MailException>(() => host.Templates.PublishAsync("code", 1, expectedVersion: 7));
        await Assert.ThrowsAsync<InvalidInputException>(() => host.Providers.SaveAsync(new EmailProviderDraft { Name = "relay", Host = "" }));
        await using (var connection = await host.OpenDatabaseAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await host.Templates.ArchiveAsync("code", transaction: transaction);
            await transaction.RollbackAsync();
        }

        Assert.Equal("template.created", Assert.Single((await host.Services.GetRequiredService<IMailAudit>().ListAsync()).Items).Action);
    }
}
