namespace Jamail.Mail;

/// <summary>One change.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who: the name of the API key, the user of the host's own authorization, <c>anonymous</c>, or <c>host</c> for code of the host.</param>
/// <param name="Action">What, such as <c>template.published</c> or <c>suppression.removed</c>.</param>
/// <param name="Subject">Of what: a key, a name, an id or an address; empty when the person was erased.</param>
/// <param name="Detail">More of it, for people; <see langword="null"/> for none.</param>
public sealed record MailAuditEntry(DateTimeOffset At, string Actor, string Action, string Subject, string? Detail);
