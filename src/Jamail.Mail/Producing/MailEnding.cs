using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Ends a mail before it is stored.</summary>
internal static class MailEnding
{
    /// <summary>It is kept in the log, and nothing of it is sent.</summary>
    public static void Suppress(MailRow row, Suppression entry)
    {
        row.Status = (int)EmailStatus.Suppressed;
        row.StatusReason = SuppressionList.Describe(entry);
        row.JobState = OutboxJobState.None;
        row.CompletedAt = row.QueuedAt;
    }
}
