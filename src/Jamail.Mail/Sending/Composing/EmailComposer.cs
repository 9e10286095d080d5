using System.Globalization;
using System.Text;

namespace Jamail.Mail;

/// <summary>Writes messages. Pure: equal content gives equal bytes.</summary>
internal sealed class EmailComposer : IEmailComposer
{
    public ComposedEmail Compose(EmailContent content)
    {
        var from = Checked("From", content.From);
        var to = Checked("To", content.To);
        var more = content.Cc.Concat(content.Bcc).Select(address => Checked("Bcc", address)).ToList();
        var needsUtf8 = more.Concat([from, to, content.ReplyTo]).Any(a => a is not null && !Ascii.IsValid(MimeHeader.LocalPart(a)));
        var message = new StringBuilder(content.Html.Length + (content.Text?.Length ?? 0) + 1024);
        AppendMessageId(message, content.MessageId);
        message.Append("Date: ").Append(content.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture))
            .Append(" +0000\r\n");
        MimeHeader.Append(message, "From", from);
        MimeHeader.Append(message, "To", to);
        if (content.Cc.Count > 0)
        {
            MimeHeader.Append(message, "Cc", [.. content.Cc.Select(address => Checked("Cc", address))]);
        }

        if (content.ReplyTo is { } replyTo)
        {
            MimeHeader.Append(message, "Reply-To", Checked("Reply-To", replyTo));
        }

        MimeHeader.Append(message, "Subject", content.Subject);
        if (content.UnsubscribeLink is { } link)
        {
            MimeHeader.Gate("List-Unsubscribe", link);
            message.Append("List-Unsubscribe:\r\n <").Append(link).Append('>');
            if (content.UnsubscribeMailto is { } mailto)
            {
                MimeHeader.Gate("List-Unsubscribe", mailto);
                message.Append(",\r\n <").Append(mailto).Append('>');
            }

            message.Append("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
        }

        AppendCustom(message, content.Headers);
        message.Append("MIME-Version: 1.0\r\n");
        MimeParts.Append(message, content);
        return new ComposedEmail(
            content.MessageId, content.ReturnPath ?? Envelope(from), Envelope(to), Encoding.UTF8.GetBytes(message.ToString()), needsUtf8)
        {
            EnvelopeMore = [.. more.Select(Envelope)],
        };
    }

    private static void AppendMessageId(StringBuilder message, string id)
    {
        if (id.Count(c => c == '@') != 1 || id.Length > 250 || id.StartsWith('@') || id.EndsWith('@') ||
            id.Any(c => c is <= ' ' or > '~' or '<' or '>'))
        {
            throw new FormatException($"The Message-ID must have the form left@right in visible ASCII, at most 250 characters; it has {id.Length}.");
        }

        message.Append("Message-ID: <").Append(id).Append(">\r\n");
    }

    private static void AppendCustom(StringBuilder message, IReadOnlyDictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (EmailHeaderRules.FindProblem(name, value) is { } problem)
            {
                throw new FormatException(problem);
            }

            MimeHeader.Append(message, name, value);
        }

        // Said for every mail of a program, unless the sender says something else.
        foreach (var (name, value) in new[] { ("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All") })
        {
            if (!headers.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                MimeHeader.Append(message, name, value);
            }
        }
    }

    private static EmailAddress Checked(string header, EmailAddress address) =>
        EmailAddressParser.TryParse(address.Address, out _, out var problem)
            ? address
            : throw new FormatException($"The address in header '{header}' cannot be used: {problem}.");

    private static string Envelope(EmailAddress address) =>
        $"{MimeHeader.LocalPart(address)}@{EmailAddressParser.ToAsciiDomain(MimeHeader.Domain(address))}";
}
