namespace Jamail.Mail;

/// <summary>Where an attempt left a mail.</summary>
/// <param name="Status">
/// Sent, Failed, Retrying, Uncertain; Queued when nothing was tried and the job is to come again at once; Sending when
/// another worker has the mail.
/// </param>
/// <param name="Reason">Why, for people.</param>
internal sealed record AttemptEnd(EmailStatus Status, string Reason)
{
    /// <summary>A temporary fault, but the last attempt there was.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>How long to leave a mail that another worker has.</summary>
    public TimeSpan Wait { get; init; }
}
