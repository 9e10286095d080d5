namespace Jamail.Mail;

/// <summary>Where an attempt left a mail.</summary>
/// <param name="Status">Queued when nothing was tried and the job is to come again.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record AttemptEnd(EmailStatus Status, string Reason)
{
    /// <summary>A temporary fault, but the last attempt there was.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>When the mail comes again; null when it does not, or as the job's back-off says.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Addresses that the mail has yet to go to, by a job of its own; null when it went to all, or to none.</summary>
    public IReadOnlyList<string>? Left { get; init; }

    /// <summary>The class of the rule that decided; null when none did.</summary>
    public string? Class { get; init; }

    /// <summary>Whether the mail's way goes on by itself.</summary>
    public bool GoesOn => Wait is not null || Status is EmailStatus.Retrying or EmailStatus.Queued;
}
