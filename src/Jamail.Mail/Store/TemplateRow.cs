namespace Jamail.Mail;

/// <summary>A template in its current version, as it is stored.</summary>
internal sealed class TemplateRow
{
    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string Category { get; set; } = "";

    public int Version { get; set; }

    public int RowVersion { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public string VersionId { get; set; } = "";

    public string Engine { get; set; } = "";

    public string DefaultLocale { get; set; } = "en";

    /// <summary>A JSON Schema; null for none.</summary>
    public string? Schema { get; set; }

    /// <summary>The language of the content.</summary>
    public string Locale { get; set; } = "en";

    public string Subject { get; set; } = "";

    public string Html { get; set; } = "";

    public string? Text { get; set; }

    /// <summary>Of the hidden line; null for none. Read with all contents of a version only.</summary>
    public string? Preheader { get; set; }

    /// <summary>With layout, partials and styles in place; null: as the source.</summary>
    public string? HtmlReady { get; set; }

    /// <summary>The same template in another language.</summary>
    public TemplateRow With(TemplateRow content)
    {
        var row = (TemplateRow)MemberwiseClone();
        (row.Locale, row.Subject, row.Html, row.Text, row.HtmlReady) =
            (content.Locale, content.Subject, content.Html, content.Text, content.HtmlReady);
        return row;
    }

    /// <summary>Its sources.</summary>
    public EmailTemplateContent ToContent() => new(Subject, Html, Text) { Preheader = Preheader };

    public EmailTemplate ToTemplate() => new()
    {
        Id = Id,
        Key = Key,
        Name = Name,
        Subject = Subject,
        Html = Html,
        Text = Text,
        Category = Category,
        Engine = Engine,
        DefaultLocale = DefaultLocale,
        Version = Version,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}
