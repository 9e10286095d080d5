namespace Jamail.Mail.MailKit;

/// <summary>What MailKit does beyond <see cref="SmtpOptions"/>. Section <c>Jamail:Mail:MailKit</c>.</summary>
public sealed class MailKitOptions
{
    /// <summary>Whether messages go out by BDAT where the server offers CHUNKING.</summary>
    /// <value>Default: <see langword="false"/>. With BDAT a message is in doubt from its last byte on, not from the final dot.</value>
    public bool UseChunking { get; set; }

    /// <summary>Whether failures and delays are asked for as delivery status notifications, where the server offers DSN.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool RequestDeliveryStatus { get; set; } = true;

    /// <summary>The domain that signs messages (DKIM).</summary>
    /// <value>Default: none; then messages are not signed here.</value>
    public string? DkimDomain { get; set; }

    /// <summary>The selector of the signing key.</summary>
    /// <value>Default: none. Required with <see cref="DkimDomain"/>.</value>
    public string? DkimSelector { get; set; }

    /// <summary>A PEM file with the private RSA key that signs.</summary>
    /// <value>A path. Default: none. Required with <see cref="DkimDomain"/>.</value>
    public string? DkimPrivateKeyFile { get; set; }
}
