using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Something that happened to an e-mail or a template.</summary>
/// <param name="Id">A UUID, lower case with hyphens.</param>
/// <param name="Type">
/// <c>email.</c> and the state that a mail is in now, as in <c>email.queued</c>, <c>email.sent</c> or <c>email.bounced</c>;
/// <c>mail.provider.degraded</c>; <c>template.created</c>, <c>template.updated</c> or <c>template.deleted</c>.
/// </param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Payload">What those who listen are told: one JSON object, without content and without secrets.</param>
public sealed record MailEvent(string Id, string Type, string Tenant, DateTimeOffset OccurredAt, RawJson Payload);
