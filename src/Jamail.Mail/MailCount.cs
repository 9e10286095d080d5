namespace Jamail.Mail;

/// <summary>How many e-mails are alike.</summary>
/// <param name="Hour">The begin of the hour they were accepted in, UTC.</param>
/// <param name="Category">Their category.</param>
/// <param name="Provider">The mail server they were handed to last; <see langword="null"/> when they were handed to none.</param>
/// <param name="Status">What has become of them so far.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record MailCount(DateTimeOffset Hour, string Category, string? Provider, EmailStatus Status, long Count);
