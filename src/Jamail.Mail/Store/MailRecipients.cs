namespace Jamail.Mail;

/// <summary>Who of a mail's recipients has it, may have it, and has yet to get it.</summary>
/// <param name="Sent">Plain addresses of those a mail server took it for.</param>
/// <param name="InDoubt">Of those whose transaction may have been accepted.</param>
/// <param name="Left">Of those left to a further transaction of a mail that goes in parts.</param>
internal sealed record MailRecipients(IReadOnlyList<string> Sent, IReadOnlyList<string> InDoubt, IReadOnlyList<string> Left)
{
    public static MailRecipients Of(MailRow row)
    {
        var all = StoredJson.List(row.Cc).Concat(StoredJson.List(row.Bcc)).Prepend(row.ToAddr).Select(MailIdentity.AddressOf)
            .Distinct(StringComparer.Ordinal).ToList();
        var (left, part) = (StoredJson.List(row.RecipientsLeft), StoredJson.List(row.PartLeft));
        if (row.State == EmailStatus.Uncertain)
        {
            var doubtful = Without(row.RecipientsLeft is null ? all : left, part);
            return new MailRecipients(row.RecipientsLeft is null ? [] : Without(all, left), doubtful, part);
        }

        var isSent = row.RecipientsLeft is not null || row.SentAt is not null;
        return new MailRecipients(isSent ? Without(all, left) : [], [], left);
    }

    // The lists of parts have addresses as they stand in an envelope.
    private static List<string> Without(IEnumerable<string> addresses, IReadOnlyList<string> others) =>
        [.. addresses.Where(address => address != Erasure.Nobody && !others.Contains(Envelope(address), StringComparer.Ordinal))];

    private static string Envelope(string address) => $"{address[..address.LastIndexOf('@')]}@{MailAddressHash.DomainOf(address)}";
}
