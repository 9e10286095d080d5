using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Layouts and partials over the tables of templates.</summary>
internal sealed class TemplatePartStore(Database database, Statements statements, MailAudit audit, TimeProvider clock) : ITemplateParts
{
    public async Task<TemplatePart> SaveAsync(
        TemplatePartKind kind, string key, string html, string tenant, CancellationToken cancellationToken)
    {
        var problem = TemplateKeys.IsKey(key) ? MailInput.Body("html", html) : TemplateKeys.Problem(key);
        if (problem is not null)
        {
            throw new InvalidInputException(problem);
        }

        var now = clock.UnixMs();
        return await database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { id = Ids.New(clock), tenant, key, kind = (int)kind, name = key, category = MailDefaults.Category, now };
                await statements.ExecuteAsync(own, MailSql.InsertTemplate, parameters, token).ConfigureAwait(false);
                var id = await statements.FirstAsync<string>(
                    own, MailSql.FindTemplateKey, new { tenant, key, kind = (int)kind }, token).ConfigureAwait(false);
                var version = await statements.FirstAsync<int>(own, MailSql.NextTemplateVersion, new { templateId = id }, token).ConfigureAwait(false);
                var versionId = Ids.New(clock);
                await statements.ExecuteAsync(
                    own,
                    MailSql.InsertTemplateVersion,
                    new
                    {
                        id = versionId, templateId = id, version, status = 1, engine = TemplateEngines.DefaultEngine, locale = "en",
                        layout = (string?)null, schema = (string?)null, note = (string?)null, hash = SHA256.HashData(Encoding.UTF8.GetBytes(html)), now,
                    },
                    token).ConfigureAwait(false);
                await statements.ExecuteAsync(
                    own,
                    MailSql.InsertTemplateContent,
                    new { versionId, locale = "en", subject = "", html, text = (string?)null, preheader = (string?)null, ready = (string?)null },
                    token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.SetCurrentVersion, new { id, version, expected = (int?)null, now }, token).ConfigureAwait(false);
                var detail = string.Create(CultureInfo.InvariantCulture, $"version {version}");
                await audit.WriteAsync(own, tenant, kind == TemplatePartKind.Layout ? "layout.saved" : "partial.saved", key, detail, token).ConfigureAwait(false);
                return new TemplatePart(key, html, version, DateTimeOffset.FromUnixTimeMilliseconds(now));
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<TemplatePart?> TryGetAsync(TemplatePartKind kind, string key, string tenant, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<TemplateRow>(connection, MailSql.FindPart, new { tenant, kind = (int)kind, key }, token),
            cancellationToken).ConfigureAwait(false);
        return row is null ? null : new TemplatePart(row.Key, row.Html, row.Version, DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt));
    }
}
