namespace Jamail.Mail;

/// <summary>A row of mail_send_attempt.</summary>
/// <param name="Id">Made before it is stored: an attempt that is stored again, because it is not known whether it was, is there once.</param>
/// <param name="Worker">Who tried.</param>
/// <param name="StartedAt">Unix ms.</param>
/// <param name="DurationMs">Of the attempt.</param>
/// <param name="Provider">The mail server's name; empty when none was chosen.</param>
/// <param name="Result">What the mail server did.</param>
/// <param name="Verdict">What that means.</param>
internal sealed record AttemptRow(
    string Id, string Worker, long StartedAt, int DurationMs, string Provider, TransportResult Result, SendVerdict Verdict);
