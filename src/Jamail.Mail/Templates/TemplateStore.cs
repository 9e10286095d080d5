using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Templates over the tables mail_template, mail_template_version and mail_template_content.</summary>
internal sealed class TemplateStore(
    Database database,
    Statements statements,
    TemplateBuilder builder,
    TemplateWrites writes,
    TemplateVersions versions,
    TemplateReports reports,
    TemplateRenderer renderer,
    MailEvents events,
    MailAudit audit,
    TimeProvider clock) : IEmailTemplates
{
    private const int MaxPageSize = 200;

    public async Task<EmailTemplate> CreateAsync(
        EmailTemplateDraft draft, string tenant, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var built = await builder.BuildAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(
            transaction,
            async (own, token) =>
            {
                var row = NewRow(draft, tenant, built);
                row.Key = draft.Key ?? await FreeKeyAsync(own, tenant, draft.Name, row.Id, token).ConfigureAwait(false);
                var parameters = new { id = row.Id, tenant, key = row.Key, kind = 1, name = row.Name, category = row.Category, now = row.CreatedAt };
                if (await statements.ExecuteAsync(own, MailSql.InsertTemplate, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw KeyTaken(row.Key);
                }

                await writes.InsertVersionAsync(own, row.Id, row.VersionId, 1, isDraft: false, built, draft, token).ConfigureAwait(false);
                await events.WriteAsync(own, "template.created", row, token).ConfigureAwait(false);
                await audit.WriteAsync(own, tenant, "template.created", row.Key, null, token).ConfigureAwait(false);
                return row.ToTemplate();
            },
            cancellationToken).ConfigureAwait(false);
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

    public async Task<EmailTemplate> UpdateAsync(
        string idOrKey, EmailTemplateDraft draft, string tenant, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var built = await builder.BuildAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(
            transaction,
            async (own, token) =>
            {
                var old = await FindAsync(own, idOrKey, tenant, token).ConfigureAwait(false) ?? throw NotFound(idOrKey);
                var row = NewRow(draft, tenant, built);
                var next = await statements.FirstAsync<int>(own, MailSql.NextTemplateVersion, new { templateId = old.Id }, token).ConfigureAwait(false);
                (row.Id, row.Key, row.Version, row.CreatedAt) = (old.Id, draft.Key ?? old.Key, next, old.CreatedAt);
                var taken = await statements.FirstAsync<string>(
                    own, MailSql.FindTemplateKey, new { tenant, key = row.Key, kind = 1 }, token).ConfigureAwait(false);
                if (taken is not null && taken != row.Id)
                {
                    throw KeyTaken(row.Key);
                }

                var parameters = new
                {
                    id = row.Id, key = row.Key, name = row.Name, category = row.Category, version = row.Version, rowVersion = old.RowVersion, now = row.UpdatedAt,
                };
                if (await statements.ExecuteAsync(own, MailSql.UpdateTemplate, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new MailException(
                        MailError.Conflict, $"Template '{idOrKey}' was changed by somebody else meanwhile; read it and repeat.");
                }

                await writes.InsertVersionAsync(own, row.Id, row.VersionId, row.Version, isDraft: false, built, draft, token).ConfigureAwait(false);
                await events.WriteAsync(own, "template.updated", row, token).ConfigureAwait(false);
                var published = string.Create(CultureInfo.InvariantCulture, $"version {row.Version} after {old.Version}");
                await audit.WriteAsync(own, tenant, "template.updated", row.Key, published, token).ConfigureAwait(false);
                return row.ToTemplate();
            },
            cancellationToken).ConfigureAwait(false);
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
                await audit.WriteAsync(own, tenant, "template.archived", row.Key, null, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    public Task<RenderedEmail> PreviewAsync(
        string idOrKey, JsonElement? variables, string tenant, CancellationToken cancellationToken) =>
        PreviewAsync(idOrKey, new TemplatePreview { Variables = variables }, tenant, cancellationToken);

    public async Task<RenderedEmail> PreviewAsync(
        string idOrKey, TemplatePreview preview, string tenant, CancellationToken cancellationToken)
    {
        var row = await FindAsync(idOrKey, tenant, preview.Version, preview.Locale, cancellationToken).ConfigureAwait(false);
        return TemplateReports.Describe(renderer.Render(row, preview.Variables, cancellationToken));
    }

    public async Task<EmailTemplateVersion> CreateDraftAsync(
        string idOrKey, EmailTemplateDraft draft, string tenant, CancellationToken cancellationToken) =>
        await versions.DraftAsync(await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false), draft, cancellationToken).ConfigureAwait(false);

    public async Task<EmailTemplate> PublishAsync(
        string idOrKey, int version, int? expectedVersion, string tenant, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false);
        await versions.PublishAsync(row, version, expectedVersion, cancellationToken).ConfigureAwait(false);
        return (await RequireAsync(row.Id, tenant, cancellationToken).ConfigureAwait(false)).ToTemplate();
    }

    public async Task<IReadOnlyList<EmailTemplateVersion>> ListVersionsAsync(string idOrKey, string tenant, CancellationToken cancellationToken) =>
        await versions.ListAsync(await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public async Task<EmailTemplateVersion?> TryGetVersionAsync(string idOrKey, int version, string tenant, CancellationToken cancellationToken) =>
        await versions.TryGetAsync(await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false), version, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<TemplateDifference>> DiffAsync(
        string idOrKey, int first, int second, string tenant, CancellationToken cancellationToken) =>
        await versions.DiffAsync(await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false), first, second, cancellationToken).ConfigureAwait(false);

    public Task<TemplateReport> ValidateAsync(EmailTemplateDraft draft, string tenant, CancellationToken cancellationToken) =>
        reports.OfAsync(draft, tenant, cancellationToken);

    public async Task<TemplateReport> ValidateAsync(string idOrKey, int? version, string tenant, CancellationToken cancellationToken)
    {
        var row = await RequireAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false);
        var draft = await versions.SourceAsync(row, version ?? row.Version, cancellationToken).ConfigureAwait(false);
        return await reports.OfAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
    }

    public static MailException NotFound(string idOrKey) =>
        new(MailError.TemplateNotFound, $"There is no template '{idOrKey}'; give the id or key of one that is not archived.");

    /// <summary>A living template in a version and a language; one that is wanted and not there is an error that names it.</summary>
    public async Task<TemplateRow> FindAsync(
        string idOrKey, string tenant, int? version, string? locale, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<TemplateRow>(
                connection, MailSql.FindTemplate, new { tenant, idOrKey = TemplateKeys.WithoutPrefix(idOrKey), version }, token),
            cancellationToken).ConfigureAwait(false);
        if (row is not null)
        {
            return await versions.InLocaleAsync(row, locale, cancellationToken).ConfigureAwait(false);
        }

        throw version is null || await FindAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false) is null
            ? NotFound(idOrKey)
            : new InvalidInputException(
                "templateVersion", $"The template '{MailInput.Shown(idOrKey)}' has no published version {version}.", "GET /templates/{key}/versions lists them.");
    }

    private async Task<TemplateRow> RequireAsync(string idOrKey, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(idOrKey, tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(idOrKey);

    private Task<TemplateRow?> FindAsync(string idOrKey, string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<TemplateRow>(
                connection, MailSql.FindTemplate, new { tenant, idOrKey = TemplateKeys.WithoutPrefix(idOrKey), version = (int?)null }, token),
            cancellationToken);

    private Task<TemplateRow?> FindAsync(DbTransaction own, string idOrKey, string tenant, CancellationToken cancellationToken) =>
        statements.FirstAsync<TemplateRow>(own, MailSql.FindTemplate, new { tenant, idOrKey = TemplateKeys.WithoutPrefix(idOrKey), version = (int?)null }, cancellationToken);

    private Task<T> WriteAsync<T>(
        DbTransaction? transaction, Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction, work, cancellationToken);

    private TemplateRow NewRow(EmailTemplateDraft draft, string tenant, BuiltTemplate built)
    {
        var now = clock.UnixMs();
        return new TemplateRow
        {
            Id = Ids.New(clock),
            TenantId = tenant,
            Name = draft.Name,
            Category = built.Category,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
            VersionId = Ids.New(clock),
            Engine = built.Engine,
            DefaultLocale = built.DefaultLocale,
            Schema = built.Schema,
            Locale = built.DefaultLocale,
            Subject = draft.Subject,
            Html = draft.Html,
            Text = draft.Text,
        };
    }

    private async Task<string> FreeKeyAsync(
        DbTransaction own, string tenant, string name, string id, CancellationToken cancellationToken)
    {
        var key = TemplateKeys.Of(name);
        var taken = await statements.FirstAsync<string>(
            own, MailSql.FindTemplateKey, new { tenant, key, kind = 1 }, cancellationToken).ConfigureAwait(false);
        return taken is null ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{id[^8..]}");
    }

    private static MailException KeyTaken(string key) => new(
        MailError.TemplateKeyTaken, $"The template key '{key}' is taken; choose another key, or update that template.");
}
