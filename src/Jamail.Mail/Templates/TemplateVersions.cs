using System.Data.Common;
using System.Globalization;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>The versions of a template: drafts, what was published, which one is current.</summary>
internal sealed class TemplateVersions(
    Database database, Statements statements, TemplateBuilder builder, TemplateWrites writes, MailEvents events, MailAudit audit,
    IOptions<MailOptions> options, TimeProvider clock)
{
    public async Task<IReadOnlyList<EmailTemplateVersion>> ListAsync(TemplateRow template, CancellationToken cancellationToken) =>
        [.. (await RowsAsync(template.Id, null, cancellationToken).ConfigureAwait(false)).Select(row => row.ToVersion())];

    public async Task<EmailTemplateVersion?> TryGetAsync(TemplateRow template, int version, CancellationToken cancellationToken) =>
        await RowsAsync(template.Id, version, cancellationToken).ConfigureAwait(false) is [var row]
            ? row.ToVersion(await ContentsAsync(row.Id, cancellationToken).ConfigureAwait(false))
            : null;

    /// <summary>A version that nobody gets until it is published.</summary>
    public async Task<EmailTemplateVersion> DraftAsync(
        TemplateRow template, EmailTemplateDraft draft, CancellationToken cancellationToken)
    {
        var built = await builder.BuildAsync(draft, template.TenantId, cancellationToken).ConfigureAwait(false);
        var version = await database.WriteAsync(
            async (own, token) =>
            {
                var next = await statements.FirstAsync<int>(
                    own, MailSql.NextTemplateVersion, new { templateId = template.Id }, token).ConfigureAwait(false);
                await writes.InsertVersionAsync(own, template.Id, Ids.New(clock), next, isDraft: true, built, draft, token).ConfigureAwait(false);
                return next;
            },
            cancellationToken).ConfigureAwait(false);
        return (await TryGetAsync(template, version, cancellationToken).ConfigureAwait(false))!; // Just stored.
    }

    /// <summary>Makes a version the current one; a draft takes the layout and the partials of this moment.</summary>
    public async Task PublishAsync(TemplateRow template, int version, int? expected, CancellationToken cancellationToken)
    {
        if (await RowsAsync(template.Id, version, cancellationToken).ConfigureAwait(false) is not [var row])
        {
            throw new InvalidInputException("version", $"The template has no version {version}.", "GET /templates/{key}/versions lists them.");
        }

        var before = template.Version;
        var built = row.Status == 1 ? null : await RebuildAsync(template, row, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            async (own, token) =>
            {
                await ReadyAsync(own, row, built, token).ConfigureAwait(false);
                var parameters = new { id = template.Id, version, expected, now = clock.UnixMs() };
                if (await statements.ExecuteAsync(own, MailSql.SetCurrentVersion, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new MailException(MailError.Conflict, $"Template '{template.Key}' has another current version than {expected} by now; read it and repeat.");
                }

                var detail = string.Create(CultureInfo.InvariantCulture, $"version {version} after {before}");
                await audit.WriteAsync(own, template.TenantId, version < before ? "template.rolled_back" : "template.published", template.Key, detail, token)
                    .ConfigureAwait(false);
                template.Version = version;
                await events.WriteAsync(own, "template.updated", template, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TemplateDifference>> DiffAsync(
        TemplateRow template, int first, int second, CancellationToken cancellationToken)
    {
        var a = await TryGetAsync(template, first, cancellationToken).ConfigureAwait(false) ?? throw NoVersion(first);
        var b = await TryGetAsync(template, second, cancellationToken).ConfigureAwait(false) ?? throw NoVersion(second);
        return LineDiff.Of(a.Contents, b.Contents);
    }

    /// <summary>What a version, published or not, was made of.</summary>
    public async Task<EmailTemplateDraft> SourceAsync(TemplateRow template, int version, CancellationToken cancellationToken) =>
        await RowsAsync(template.Id, version, cancellationToken).ConfigureAwait(false) is [var row]
            ? await SourceAsync(template, row, cancellationToken).ConfigureAwait(false)
            : throw NoVersion(version);

    /// <summary>A version in the language that stands in for the one wanted.</summary>
    public async Task<TemplateRow> InLocaleAsync(TemplateRow template, string? locale, CancellationToken cancellationToken)
    {
        var usual = options.Value.DefaultLocales.TryGetValue(template.TenantId, out var own) || options.Value.DefaultLocales.TryGetValue("*", out own) ? own : null;
        if ((locale ?? usual) is not { } wanted || wanted.Equals(template.Locale, StringComparison.OrdinalIgnoreCase))
        {
            return template;
        }

        var contents = await ContentsAsync(template.VersionId, cancellationToken).ConfigureAwait(false);
        var chosen = LocaleChain.Choose([locale, usual], [.. contents.Select(content => content.Locale)], template.DefaultLocale);
        return contents.FirstOrDefault(content => content.Locale == chosen) is { } content ? template.With(content) : template;
    }

    private async Task<BuiltTemplate> RebuildAsync(TemplateRow template, TemplateVersionRow row, CancellationToken cancellationToken) =>
        await builder.BuildAsync(
            await SourceAsync(template, row, cancellationToken).ConfigureAwait(false), template.TenantId, cancellationToken).ConfigureAwait(false);

    private async Task<EmailTemplateDraft> SourceAsync(TemplateRow template, TemplateVersionRow row, CancellationToken cancellationToken)
    {
        var contents = await ContentsAsync(row.Id, cancellationToken).ConfigureAwait(false);
        var standard = contents.First(content => content.Locale == row.DefaultLocale);
        return new EmailTemplateDraft
        {
            Name = template.Name,
            Category = template.Category,
            Engine = row.Engine,
            DefaultLocale = row.DefaultLocale,
            Subject = standard.Subject,
            Html = standard.Html,
            Text = standard.Text,
            Preheader = standard.Preheader,
            Layout = row.Layout,
            Schema = row.Schema is null ? null : new RawJson(Encoding.UTF8.GetBytes(row.Schema)),
            Locales = contents.Where(content => content != standard).ToDictionary(
                content => content.Locale, content => content.ToContent(), StringComparer.Ordinal),
        };
    }

    private async Task ReadyAsync(DbTransaction own, TemplateVersionRow row, BuiltTemplate? built, CancellationToken cancellationToken)
    {
        if (built is null
            || await statements.ExecuteAsync(own, MailSql.PublishTemplateVersion, new { id = row.Id, now = clock.UnixMs() }, cancellationToken).ConfigureAwait(false) == 0)
        {
            return;
        }

        foreach (var content in built.Contents)
        {
            await statements.ExecuteAsync(
                own, MailSql.ReadyTemplateContent, new { versionId = row.Id, locale = content.Locale, ready = content.HtmlReady }, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<IReadOnlyList<TemplateVersionRow>> RowsAsync(string templateId, int? version, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<TemplateVersionRow>(
                connection, MailSql.ListTemplateVersions, new { templateId, version }, token),
            cancellationToken);

    private Task<IReadOnlyList<TemplateRow>> ContentsAsync(string versionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<TemplateRow>(connection, MailSql.ListTemplateContents, new { versionId }, token),
            cancellationToken);

    private static InvalidInputException NoVersion(int version) =>
        new("version", $"The template has no version {version}.", "GET /templates/{key}/versions lists them.");
}
