namespace Jamail.Mail;

/// <summary>One try to hand an e-mail to a mail server.</summary>
/// <param name="Number">Counts from 1; 0 when it ended before the e-mail was claimed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="Outcome">What came of it: <c>sent</c>, <c>deferred</c>, <c>retry</c>, <c>bounced</c>, <c>failed</c> or <c>uncertain</c>.</param>
/// <param name="SmtpCode">The code of the reply; <see langword="null"/> when there was none.</param>
/// <param name="EnhancedCode">The enhanced code of the reply, such as <c>5.1.1</c>.</param>
/// <param name="Reply">What the server said, or what the fault was.</param>
/// <param name="Class">The rule that judged it, such as <c>grey-list</c>.</param>
/// <param name="Worker">Which worker tried.</param>
public sealed record SendAttempt(
    int Number,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    SendPhase Phase,
    string Outcome,
    int? SmtpCode,
    string? EnhancedCode,
    string? Reply,
    string? Class,
    string Worker);
