namespace Jamail.Webhooks;

/// <summary>What somebody did with the secrets of an endpoint.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who: the name of the API key, the user of the host's own authorization, <c>anonymous</c>, or <c>host</c> for code of the host.</param>
/// <param name="Action"><c>secret.read</c>, <c>secret.rotated</c> or <c>secret.expired</c>.</param>
public sealed record WebhookAuditEntry(DateTimeOffset At, string Actor, string Action);
