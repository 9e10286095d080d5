namespace Jamail.Mail;

/// <summary>A mail that a server took for some of its recipients only: what is left of it goes by a job and a transaction of its own.</summary>
internal static class PartialSending
{
    /// <summary>The message for those recipients it has not gone to yet.</summary>
    /// <exception cref="FormatException">None of them is a recipient any more.</exception>
    public static ComposedEmail Rest(ComposedEmail message, MailRow row)
    {
        if (row.RecipientsLeft is null)
        {
            return message;
        }

        var left = StoredJson.List(row.RecipientsLeft).ToHashSet(StringComparer.Ordinal);
        var rest = message.EnvelopeMore.Prepend(message.EnvelopeTo).Where(left.Contains).ToList();
        return rest.Count > 0
            ? message with { EnvelopeTo = rest[0], EnvelopeMore = rest[1..] }
            : throw new FormatException("It went to a part of its recipients, and none of the others is a recipient any more.");
    }

    /// <summary>What a server that drops repeats knows the mail by: each part has a name of its own, since the next one is no repeat.</summary>
    public static string KeyOf(MailRow row) =>
        row.RecipientsLeft is null ? row.Id : $"{row.Id}-{StoredJson.List(row.RecipientsLeft).Count}";

    /// <summary>The job in hand names recipients that have the mail, so that a worker in another language may not have it again.</summary>
    public static NextJob Next(AttemptEnd end, NextJob usual) => end.Left is null ? usual : NextJob.New;
}
