namespace Jamail.Mail;

/// <summary>A row of mail_audit.</summary>
internal sealed class AuditRow
{
    public string Id { get; set; } = "";

    public long At { get; set; }

    public string Actor { get; set; } = "";

    public string Action { get; set; } = "";

    public string Subject { get; set; } = "";

    public string? Detail { get; set; }

    public MailAuditEntry ToEntry() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), Actor, Action, Subject, Detail);
}
