namespace Jamail.Webhooks;

/// <summary>A row of webhook_audit.</summary>
internal sealed class AuditRow
{
    public string Id { get; set; } = "";

    public long At { get; set; }

    public string Actor { get; set; } = "";

    public string Action { get; set; } = "";

    public WebhookAuditEntry ToEntry() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), Actor, Action);
}
