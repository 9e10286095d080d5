namespace Jamail.Mail;

/// <summary>Who sends, and as which message.</summary>
internal static class MailIdentity
{
    /// <summary>The Message-ID of a mail, without angle brackets: of its id, so that every attempt has the same.</summary>
    public static string MessageId(string id, string from) =>
        $"jm.{id.Replace("-", "", StringComparison.Ordinal)}@{MailAddressHash.DomainOf(from)}";

    /// <summary>What a mail is called in its envelope (ENVID): its id; the Message-ID where that was not made by us.</summary>
    public static string EnvelopeId(string messageId) =>
        messageId.StartsWith("jm.", StringComparison.Ordinal) && messageId.Split('@') is [{ Length: 35 } local, _] &&
        Guid.TryParseExact(local.AsSpan(3), "N", out var id)
            ? id.ToString("D")
            : messageId;

    /// <summary>The address of a sender as it is stored, <c>Name &lt;address&gt;</c> or the address alone.</summary>
    public static string AddressOf(string sender) =>
        sender.EndsWith('>') ? sender[(sender.LastIndexOf('<') + 1)..^1] : sender;
}
