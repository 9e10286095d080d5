using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Templates over the tables mail_template, mail_template_version and mail_template_content.</summary>
internal sealed class TemplateStore(
    Database database,
    Statements statements,
    TemplateEngines engines,
    TemplateRenderer renderer,
    MailEvents events,
    TimeProvider clock) : IEmailTemplates
{
    private const int MaxPageSize = 200;

    public Task<EmailTemplate> CreateAsync(
        EmailTemplateDraft draft, string tenant, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var category = TemplateDrafts.Check(draft, engines);
        return WriteAsync(
            transaction,
            async (own, token) =>
            {
                var row = NewRow(draft, tenant, category);
                row.Key = draft.Key ?? await FreeKeyAsync(own, tenant, draft.Name, row.Id, token).ConfigureAwait(false);
                var parameters = new { id = row.Id, tenant, key = row.Key, name = row.Name, category, now = row.CreatedAt };
                if (await statements.ExecuteAsync(own, MailSql.InsertTemplate, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw KeyTaken(row.Key);
                }

                await InsertVersionAsync(own, row, token).ConfigureAwait(false);
                await events.WriteAsync(own, "template.created", row, token).ConfigureAwait(false);
                return row.ToTemplate();
            },
            cancellationToken);
    }

    public async Task<EmailTemplate?> TryGetAsync(string idOrKey, string tenant, CancellationToken cancellationToken) =>
        (await FindAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false))?.ToTemplate();

    public async Task<Page<EmailTemplate>> ListAsync(
        string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = MailInput.Cursor(cursor, pageSize, MaxPageSize);
        var parameters = new { tenant, at = after.At, id = after.Id, count = pageSize + 1 };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<TemplateRow>(connection, MailSql.ListTemplates, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var items = rows.Take(pageSize).ToList();
        return new Page<EmailTemplate>(
            items.ConvertAll(row => row.ToTemplate()),
            rows.Count > pageSize ? new PageCursor(items[^1].CreatedAt, items[^1].Id).Encode() : null);
    }

    public Task<EmailTemplate> UpdateAsync(
        string idOrKey, EmailTemplateDraft draft, string tenant, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var category = TemplateDrafts.Check(draft, engines);
        return WriteAsync(
            transaction,
            async (own, token) =>
            {
                var old = await FindAsync(own, idOrKey, tenant, token).ConfigureAwait(false) ?? throw NotFound(idOrKey);
                var row = NewRow(draft, tenant, category);
                (row.Id, row.Key, row.Version, row.CreatedAt) = (old.Id, draft.Key ?? old.Key, old.Version + 1, old.CreatedAt);
                var taken = await statements.FirstAsync<string>(
                    own, MailSql.FindTemplateKey, new { tenant, key = row.Key }, token).ConfigureAwait(false);
                if (taken is not null && taken != row.Id)
                {
                    throw KeyTaken(row.Key);
                }

                var parameters = new
                {
                    id = row.Id, key = row.Key, name = row.Name, category, version = row.Version, rowVersion = old.RowVersion, now = row.UpdatedAt,
                };
                if (await statements.ExecuteAsync(own, MailSql.UpdateTemplate, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new MailException(
                        MailError.Conflict, $"Template '{idOrKey}' was changed by somebody else meanwhile; read it and repeat.");
                }

                await InsertVersionAsync(own, row, token).ConfigureAwait(false);
                await events.WriteAsync(own, "template.updated", row, token).ConfigureAwait(false);
                return row.ToTemplate();
            },
            cancellationToken);
    }

    public Task<bool> ArchiveAsync(
        string idOrKey, string tenant, DbTransaction? transaction, CancellationToken cancellationToken) =>
        WriteAsync(
            transaction,
            async (own, token) =>
            {
                var row = await FindAsync(own, idOrKey, tenant, token).ConfigureAwait(false);
                if (row is null || await statements.ExecuteAsync(
                    own, MailSql.ArchiveTemplate, new { id = row.Id, now = clock.UnixMs() }, token).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await events.WriteAsync(own, "template.deleted", row, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public async Task<RenderedEmail> PreviewAsync(
        string idOrKey, JsonElement? variables, string tenant, CancellationToken cancellationToken)
    {
        var row = await FindAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(idOrKey);
        return renderer.Render(row, variables, cancellationToken);
    }

    public static MailException NotFound(string idOrKey) =>
        new(MailError.TemplateNotFound, $"There is no template '{idOrKey}'; give the id or key of one that is not archived.");

    /// <summary>A living template in its current version.</summary>
    public Task<TemplateRow?> FindAsync(string idOrKey, string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<TemplateRow>(connection, MailSql.FindTemplate, new { tenant, idOrKey }, token),
            cancellationToken);

    private Task<TemplateRow?> FindAsync(DbTransaction own, string idOrKey, string tenant, CancellationToken cancellationToken) =>
        statements.FirstAsync<TemplateRow>(own, MailSql.FindTemplate, new { tenant, idOrKey }, cancellationToken);

    private Task<T> WriteAsync<T>(
        DbTransaction? transaction, Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction, work, cancellationToken);

    private TemplateRow NewRow(EmailTemplateDraft draft, string tenant, string category)
    {
        var now = clock.UnixMs();
        return new TemplateRow
        {
            Id = Ids.New(clock),
            TenantId = tenant,
            Name = draft.Name,
            Category = category,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
            VersionId = Ids.New(clock),
            Engine = draft.Engine ?? TemplateEngines.DefaultEngine,
            Subject = draft.Subject,
            Html = draft.Html,
            Text = draft.Text,
        };
    }

    private async Task InsertVersionAsync(DbTransaction own, TemplateRow row, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Engine}\n{row.Subject}\n{row.Html}\n{row.Text}"));
        await statements.ExecuteAsync(
            own,
            MailSql.InsertTemplateVersion,
            new { id = row.VersionId, templateId = row.Id, version = row.Version, engine = row.Engine, hash, now = row.UpdatedAt },
            cancellationToken).ConfigureAwait(false);
        await statements.ExecuteAsync(
            own,
            MailSql.InsertTemplateContent,
            new { versionId = row.VersionId, subject = row.Subject, html = row.Html, text = row.Text },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> FreeKeyAsync(
        DbTransaction own, string tenant, string name, string id, CancellationToken cancellationToken)
    {
        var key = TemplateKeys.Of(name);
        var taken = await statements.FirstAsync<string>(
            own, MailSql.FindTemplateKey, new { tenant, key }, cancellationToken).ConfigureAwait(false);
        return taken is null ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{id[^8..]}");
    }

    private static MailException KeyTaken(string key) => new(
        MailError.TemplateKeyTaken, $"The template key '{key}' is taken; choose another key, or update that template.");
}
