namespace Jamail.Mail;

/// <summary>A mail that a server took for some of its recipients only: what is left of it goes by a job and a transaction of its own.</summary>
internal static class PartialSending
{
    /// <summary>What becomes of a mail when nobody is left that it could go to.</summary>
    public static AttemptEnd NobodyLeft { get; } = new(EmailStatus.Sent, "It went in parts, and nobody of those left is a recipient any more.");

    /// <summary>
    /// The message for those recipients it has not gone to yet. Where a transaction for some of them came to nothing or is in doubt, it is repeated
    /// for the same ones, so that a server that drops repeats drops it for nobody else.
    /// </summary>
    /// <returns>Null when none of those it has not gone to is a recipient any more.</returns>
    public static MailPart? Next(ComposedEmail message, MailRow row)
    {
        if (row.RecipientsLeft is null && row.PartLeft is null)
        {
            return new MailPart(message, row.Id, []);
        }

        var waiting = message.EnvelopeMore.Prepend(message.EnvelopeTo).ToList();
        if (row.RecipientsLeft is not null)
        {
            waiting = [.. waiting.Intersect(StoredJson.List(row.RecipientsLeft), StringComparer.Ordinal)];
        }

        var held = waiting.Intersect(StoredJson.List(row.PartLeft), StringComparer.Ordinal).ToList();
        var now = waiting.Except(held, StringComparer.Ordinal).ToList();

        // Nobody of the transaction before is a recipient any more.
        var (rest, left, counted) = now.Count > 0 ? (now, held, row.RecipientsLeft) : (held, [], row.PartLeft);
        return rest.Count > 0
            ? new MailPart(message with { EnvelopeTo = rest[0], EnvelopeMore = rest[1..] }, KeyOf(row, counted), left)
            : null;
    }

    /// <summary>The job in hand names recipients that have the mail, so that a worker in another language may not have it again.</summary>
    public static NextJob Next(AttemptEnd end, NextJob usual) => end.Left is null ? usual : NextJob.New;

    /// <summary>
    /// Each part has a name of its own, since the next one is no repeat. It stays the same while people are erased or suppressed: those who are
    /// erased keep their place in the list (<see cref="Erasure.Nobody"/>).
    /// </summary>
    private static string KeyOf(MailRow row, string? left) => left is null ? row.Id : $"{row.Id}-{StoredJson.List(left).Count}";
}
