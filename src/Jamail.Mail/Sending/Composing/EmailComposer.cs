using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jamail.Mail;

/// <summary>Writes messages. Pure: equal content gives equal bytes.</summary>
internal sealed class EmailComposer : IEmailComposer
{
    public ComposedEmail Compose(EmailContent content)
    {
        var from = Checked("From", content.From);
        var to = Checked("To", content.To);
        var needsUtf8 = new[] { from, to, content.ReplyTo }.Any(a => a is not null && !Ascii.IsValid(MimeHeader.LocalPart(a)));
        var message = new StringBuilder(content.Html.Length + (content.Text?.Length ?? 0) + 1024);
        AppendMessageId(message, content.MessageId);
        message.Append("Date: ").Append(content.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture))
            .Append(" +0000\r\n");
        MimeHeader.Append(message, "From", from);
        MimeHeader.Append(message, "To", to);
        if (content.ReplyTo is { } replyTo)
        {
            MimeHeader.Append(message, "Reply-To", Checked("Reply-To", replyTo));
        }

        MimeHeader.Append(message, "Subject", content.Subject);
        AppendCustom(message, content.Headers);
        message.Append("MIME-Version: 1.0\r\n");
        AppendBody(message, content);
        return new ComposedEmail(
            content.MessageId, Envelope(from), Envelope(to), Encoding.UTF8.GetBytes(message.ToString()), needsUtf8);
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

    private static void AppendBody(StringBuilder message, EmailContent content)
    {
        if (content.Text is not { } text)
        {
            MimeBody.Append(message, "html", content.Html);
            return;
        }

        var boundary = Boundary(content, text);
        message.Append("Content-Type: multipart/alternative;\r\n boundary=\"").Append(boundary).Append("\"\r\n\r\n--").Append(boundary)
            .Append("\r\n");
        MimeBody.Append(message, "plain", text);
        message.Append("\r\n--").Append(boundary).Append("\r\n");
        MimeBody.Append(message, "html", content.Html);
        message.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    private static string Boundary(EmailContent content, string text)
    {
        for (var i = 0; ; i++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{content.MessageId}\n{i}")));
            var boundary = "=_jm_" + Convert.ToHexStringLower(hash, 0, 16);
            if (!text.Contains(boundary, StringComparison.Ordinal) && !content.Html.Contains(boundary, StringComparison.Ordinal))
            {
                return boundary;
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
