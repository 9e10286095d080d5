namespace Jamail.Mail;

/// <summary>What became of an e-mail that was handed in.</summary>
/// <param name="Id">The e-mail's id.</param>
/// <param name="Status">
/// <see cref="EmailStatus.Queued"/>, <see cref="EmailStatus.Scheduled"/>, or <see cref="EmailStatus.Suppressed"/> when the
/// recipient is on the suppression list and nothing will be sent.
/// </param>
/// <param name="MessageId">Its Message-ID, without angle brackets.</param>
/// <param name="IsReplay">Whether an earlier call with the same idempotency key handed it in.</param>
public sealed record AcceptedEmail(EmailId Id, EmailStatus Status, string MessageId, bool IsReplay = false);
