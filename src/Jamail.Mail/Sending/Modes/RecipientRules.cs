using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>What the host's mode makes of a mail's recipient.</summary>
internal sealed class RecipientRules(IOptions<MailOptions> options)
{
    private const string OriginalTo = "X-Jamail-Original-To";

    private readonly MailMode _mode = SendingServices.ModeOf(options.Value);

    /// <summary>Why this mail may not be sent from here; null when it may. It goes to all of its recipients or to none.</summary>
    public string? Refusal(MailRow row) =>
        _mode == MailMode.AllowList && !Recipients(row).All(address => options.Value.AllowedRecipients.Any(allowed => IsMeant(allowed, address)))
            ? "This host sends only to those in Jamail:Mail:AllowedRecipients, and a recipient is not among them."
            : null;

    /// <summary>The content as it is sent from here.</summary>
    /// <exception cref="FormatException">The redirection leads to no address; the options' rules see to it.</exception>
    public EmailContent Apply(EmailContent content)
    {
        if (_mode != MailMode.RedirectAll)
        {
            return content;
        }

        var to = EmailAddressParser.TryParse(options.Value.RedirectTo ?? "", out var address, out var problem)
            ? address
            : throw new FormatException($"Jamail:Mail:RedirectTo is no address: {problem}.");
        return content with
        {
            To = to,
            Cc = [],
            Bcc = [],
            Headers = new Dictionary<string, string>(content.Headers, StringComparer.OrdinalIgnoreCase) { [OriginalTo] = content.To.Address },
        };
    }

    private static IEnumerable<string> Recipients(MailRow row) =>
        StoredJson.List(row.Cc).Concat(StoredJson.List(row.Bcc))
            .Select(text => EmailAddressParser.TryParseWithName(text, out var address, out _) ? address.Address : text)
            .Prepend(row.ToAddr);

    private static bool IsMeant(string allowed, string address) =>
        allowed.Contains('@', StringComparison.Ordinal)
            ? string.Equals(allowed, address, StringComparison.OrdinalIgnoreCase)
            : string.Equals(
                EmailAddressParser.ToAsciiDomain(allowed), MailAddressHash.DomainOf(address), StringComparison.OrdinalIgnoreCase);
}
