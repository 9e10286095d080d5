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

    public string Subject { get; set; } = "";

    public string Html { get; set; } = "";

    public string? Text { get; set; }

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
        Version = Version,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}
