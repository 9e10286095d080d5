namespace Jamail.Mail;

/// <summary>A row of mail_suppression.</summary>
internal sealed class SuppressionRow
{
    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string Scope { get; set; } = "";

    public byte[] AddressHash { get; set; } = [];

    public string? Address { get; set; }

    public string Reason { get; set; } = "";

    public string Source { get; set; } = "";

    public string? Note { get; set; }

    public long CreatedAt { get; set; }

    public long? ExpiresAt { get; set; }

    public Suppression ToSuppression() => new()
    {
        Address = Address,
        Scope = Scope,
        Reason = SuppressionReasons.Read(Reason),
        Source = Source,
        Note = Note,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Tenant = TenantId,
    };
}
