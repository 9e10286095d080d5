using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record SendAttemptView(
    int Number,
    DateTimeOffset StartedAt,
    double DurationMs,
    string Phase,
    string Outcome,
    int? SmtpCode,
    string? EnhancedCode,
    string? Reply,
    string? Class,
    string Worker)
{
    public static SendAttemptView Of(SendAttempt attempt) => new(
        attempt.Number, attempt.StartedAt, attempt.Duration.TotalMilliseconds, WireNames.Of(attempt.Phase), attempt.Outcome,
        attempt.SmtpCode, attempt.EnhancedCode, attempt.Reply, attempt.Class, attempt.Worker);
}
