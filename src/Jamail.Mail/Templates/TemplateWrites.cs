using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Writes versions of templates.</summary>
internal sealed class TemplateWrites(Statements statements, TimeProvider clock)
{
    public async Task InsertVersionAsync(
        DbTransaction own,
        string templateId,
        string versionId,
        int version,
        bool isDraft,
        BuiltTemplate built,
        EmailTemplateDraft draft,
        CancellationToken cancellationToken)
    {
        var all = string.Join('\n', built.Contents.Select(content => $"{content.Locale}\n{content.Source.Subject}\n{content.HtmlReady}\n{content.Source.Text}"));
        await statements.ExecuteAsync(
            own,
            MailSql.InsertTemplateVersion,
            new
            {
                id = versionId, templateId, version, status = isDraft ? 0 : 1, engine = built.Engine, locale = built.DefaultLocale, layout = draft.Layout,
                schema = built.Schema, note = draft.Note, hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{built.Engine}\n{all}")), now = clock.UnixMs(),
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (locale, source, ready) in built.Contents)
        {
            await statements.ExecuteAsync(
                own,
                MailSql.InsertTemplateContent,
                new { versionId, locale, subject = source.Subject, html = source.Html, text = source.Text, preheader = source.Preheader, ready = ready == source.Html ? null : ready },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
