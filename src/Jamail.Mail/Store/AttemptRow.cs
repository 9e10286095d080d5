namespace Jamail.Mail;

/// <summary>A row of mail_send_attempt.</summary>
internal sealed record AttemptRow(string Worker, long StartedAt, int DurationMs, string Provider, TransportResult Result, SendVerdict Verdict);
