namespace Jamail.Mail;

/// <summary>A mail in the dev inbox.</summary>
/// <param name="Id">The name of its file without <c>.eml</c>; sorts by time.</param>
/// <param name="ReceivedAt">When it was kept.</param>
/// <param name="From">The sender of the envelope.</param>
/// <param name="To">The recipient of the envelope.</param>
/// <param name="Subject">The subject, decoded.</param>
/// <param name="MessageId">Without angle brackets.</param>
/// <param name="Bytes">The size of the file.</param>
public sealed record DevInboxMessage(
    string Id, DateTimeOffset ReceivedAt, string From, string To, string Subject, string MessageId, long Bytes);
