namespace Jamail.Mail;

/// <summary>What waits and what is in doubt.</summary>
internal sealed class MailBacklog
{
    /// <summary>Unix ms; null when nothing is due.</summary>
    public long? OldestDueAt { get; set; }

    public long Uncertain { get; set; }
}
