namespace Jamail.Mail;

/// <summary>How many e-mails were accepted in a time, by what has become of them so far.</summary>
/// <param name="Since">The begin.</param>
/// <param name="Until">The end, not included.</param>
/// <param name="Counts">Of each hour, category, mail server and state that there is.</param>
public sealed record MailStats(DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<MailCount> Counts);
