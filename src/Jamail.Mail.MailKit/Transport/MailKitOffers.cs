using MailKit.Net.Smtp;

namespace Jamail.Mail.MailKit;

/// <summary>What a server offered, in the words of the client in the box.</summary>
internal static class MailKitOffers
{
    public static Jamail.Mail.SmtpCapabilities Offered(this SmtpClient client)
    {
        bool Has(global::MailKit.Net.Smtp.SmtpCapabilities capability) => (client.Capabilities & capability) != 0;
        return Jamail.Mail.SmtpCapabilities.Of(
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.EightBitMime),
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.UTF8),
            Has(global::MailKit.Net.Smtp.SmtpCapabilities.Size) && client.MaxSize > 0 ? client.MaxSize : null);
    }
}
