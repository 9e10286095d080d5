using System.Text;

namespace Jamail.Mail;

/// <summary>
/// Tells a mail server that drops repeats which mail it is, in the header that Resend reads. The same for every attempt; other servers go by the
/// Message-ID.
/// </summary>
internal static class RepeatKey
{
    public const string Header = "Resend-Idempotency-Key";

    /// <param name="mail">The message.</param>
    /// <param name="id">The mail's id.</param>
    /// <param name="own">The sender's own headers, among which it may stand already.</param>
    public static ComposedEmail Add(ComposedEmail mail, string id, IReadOnlyDictionary<string, string> own) =>
        own.Keys.Contains(Header, StringComparer.OrdinalIgnoreCase)
            ? mail
            : mail with { Content = (byte[])[.. Encoding.ASCII.GetBytes($"{Header}: {id}\r\n"), .. mail.Content.Span] };
}
