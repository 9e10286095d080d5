using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jamail.Mail;

/// <summary>
/// The body of a message: text beside HTML, inline images around the HTML, files around it all. Only the parts that are there.
/// </summary>
internal static class MimeParts
{
    private const int LineLength = 76;

    public static void Append(StringBuilder message, EmailContent content)
    {
        var files = content.Attachments.Where(file => file.ContentId is null).ToList();
        if (files.Count == 0)
        {
            AppendRelated(message, content);
            return;
        }

        AppendMultipart(message, "mixed", content, [() => AppendRelated(message, content), .. files.Select(file => (Action)(() => AppendFile(message, file)))]);
    }

    private static void AppendRelated(StringBuilder message, EmailContent content)
    {
        var images = content.Attachments.Where(file => file.ContentId is not null).ToList();
        if (images.Count == 0)
        {
            AppendAlternative(message, content);
            return;
        }

        AppendMultipart(message, "related", content, [() => AppendAlternative(message, content), .. images.Select(file => (Action)(() => AppendFile(message, file)))]);
    }

    private static void AppendAlternative(StringBuilder message, EmailContent content)
    {
        if (content.Text is not { } text)
        {
            MimeBody.Append(message, "html", content.Html);
            return;
        }

        AppendMultipart(message, "alternative", content, [() => MimeBody.Append(message, "plain", text), () => MimeBody.Append(message, "html", content.Html)]);
    }

    private static void AppendMultipart(StringBuilder message, string subtype, EmailContent content, IReadOnlyList<Action> parts)
    {
        var boundary = Boundary(content, subtype);
        message.Append("Content-Type: multipart/").Append(subtype).Append(";\r\n boundary=\"").Append(boundary).Append("\"\r\n");
        foreach (var part in parts)
        {
            message.Append("\r\n--").Append(boundary).Append("\r\n");
            part();
        }

        message.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    private static void AppendFile(StringBuilder message, AttachmentRow file)
    {
        MimeHeader.Gate("Content-Type", file.ContentType);
        message.Append("Content-Type: ").Append(file.ContentType).Append("\r\nContent-Transfer-Encoding: base64\r\n");
        if (file.ContentId is { } id)
        {
            MimeHeader.Gate("Content-ID", id);
            message.Append("Content-ID: <").Append(id).Append(">\r\n");
        }

        message.Append("Content-Disposition: ").Append(file.ContentId is null ? "attachment" : "inline").Append(';');
        AppendFileName(message, file.FileName);
        message.Append("\r\n");
        var encoded = Convert.ToBase64String(file.Content);
        for (var i = 0; i < encoded.Length; i += LineLength)
        {
            message.Append(encoded.AsSpan(i, Math.Min(LineLength, encoded.Length - i))).Append("\r\n");
        }
    }

    /// <summary>As it is where it is plain; else by RFC 2231, in pieces that fit a line.</summary>
    private static void AppendFileName(StringBuilder message, string name)
    {
        if (name.Length <= 60 && name.All(c => c is >= ' ' and <= '~' and not ('"' or '\\')))
        {
            message.Append("\r\n filename=\"").Append(name).Append("\"\r\n");
            return;
        }

        var encoded = Encoding.UTF8.GetBytes(name).Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_'
            ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture)).ToList();
        for (var (i, piece) = (0, 0); i < encoded.Count; piece++)
        {
            message.Append(piece == 0 ? "" : ";").Append("\r\n filename*").Append(piece.ToString(CultureInfo.InvariantCulture)).Append("*=")
                .Append(piece == 0 ? "utf-8''" : "");
            for (var length = 0; i < encoded.Count && length + encoded[i].Length <= 50; i++)
            {
                message.Append(encoded[i]);
                length += encoded[i].Length;
            }
        }

        message.Append("\r\n");
    }

    private static string Boundary(EmailContent content, string subtype)
    {
        for (var i = 0; ; i++)
        {
            var seed = string.Create(CultureInfo.InvariantCulture, $"{content.MessageId}\n{subtype}\n{i}");
            var boundary = "=_jm_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)), 0, 16);
            if (content.Text?.Contains(boundary, StringComparison.Ordinal) is not true && !content.Html.Contains(boundary, StringComparison.Ordinal))
            {
                return boundary;
            }
        }
    }
}
