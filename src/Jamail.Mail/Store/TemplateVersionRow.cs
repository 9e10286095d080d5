using System.Text;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>A row of mail_template_version as it is read.</summary>
internal sealed class TemplateVersionRow
{
    public string Id { get; set; } = "";

    public int Version { get; set; }

    /// <summary>0 draft, 1 published.</summary>
    public int Status { get; set; }

    public string Engine { get; set; } = "";

    public string DefaultLocale { get; set; } = "";

    public string? Layout { get; set; }

    public string? Schema { get; set; }

    public string? Note { get; set; }

    public long CreatedAt { get; set; }

    public int IsCurrent { get; set; }

    public EmailTemplateVersion ToVersion(IReadOnlyList<TemplateRow>? contents = null) => new()
    {
        Version = Version,
        IsPublished = Status == 1,
        IsCurrent = IsCurrent == 1,
        Engine = Engine,
        DefaultLocale = DefaultLocale,
        Contents = (contents ?? []).ToDictionary(
            content => content.Locale, content => content.ToContent(), StringComparer.Ordinal),
        Schema = Schema is null ? null : new RawJson(Encoding.UTF8.GetBytes(Schema)),
        Note = Note,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}
