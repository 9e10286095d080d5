namespace Jamail.Mail;

internal static class EmailStatusNames
{
    public static string WireName(this EmailStatus status) => status switch
    {
        EmailStatus.Queued => "queued",
        EmailStatus.Sending => "sending",
        EmailStatus.Retrying => "retrying",
        EmailStatus.Sent => "sent",
        EmailStatus.Failed => "failed",
        EmailStatus.Uncertain => "uncertain",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This is no state of a mail."),
    };
}
