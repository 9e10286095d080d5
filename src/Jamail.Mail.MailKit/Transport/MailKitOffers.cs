using MailKit.Net.Smtp;

namespace Jamail.Mail.MailKit;

/// <summary>What a server offered, in the words of the client in the box.</summary>
internal static class MailKitOffers
{
    /// <summary>The same, as the client in the box shows the server's words.</summary>
    public static IReadOnlyList<string> OfferedLines(this SmtpClient client) =>
    [
        .. Enum.GetValues<global::MailKit.Net.Smtp.SmtpCapabilities>()
            .Where(capability => capability is not (global::MailKit.Net.Smtp.SmtpCapabilities.None
                or global::MailKit.Net.Smtp.SmtpCapabilities.Authentication or global::MailKit.Net.Smtp.SmtpCapabilities.Size))
            .Where(capability => client.Capabilities.HasFlag(capability))
            .Select(capability => capability switch
            {
                global::MailKit.Net.Smtp.SmtpCapabilities.EightBitMime => "8BITMIME",
                global::MailKit.Net.Smtp.SmtpCapabilities.UTF8 => "SMTPUTF8",
                _ => capability.ToString().ToUpperInvariant(),
            }),
        .. client.MaxSize > 0 ? [$"SIZE {client.MaxSize}"] : Array.Empty<string>(),
        .. client.AuthenticationMechanisms.Count > 0 ? [$"AUTH {string.Join(' ', client.AuthenticationMechanisms.Order(StringComparer.Ordinal))}"] : Array.Empty<string>(),
    ];

    public static Jamail.Mail.SmtpCapabilities Offered(this SmtpClient client)
    {
        bool Has(global::MailKit.Net.Smtp.SmtpCapabilities capability) => (client.Capabilities & capability) != 0;
        return Jamail.Mail.SmtpCapabilities.Of(
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.EightBitMime),
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.UTF8),
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null);
    }
}
