namespace Jamail.Mail;

/// <summary>Something that happened to an e-mail.</summary>
/// <param name="Type">What: <c>queued</c>, <c>attempt</c>, <c>sent</c>, <c>bounced</c>, <c>complained</c>, <c>cancelled</c>, …</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Source">Who told: <c>jamail</c>, <c>api</c>, or the name of a provider.</param>
/// <param name="Detail">More about it, for people; <see langword="null"/> for nothing.</param>
public sealed record SendEvent(string Type, DateTimeOffset OccurredAt, string Source, string? Detail);
