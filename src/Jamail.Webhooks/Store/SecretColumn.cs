using System.Text;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Secrets as the database holds them.</summary>
internal sealed class SecretColumn(ISecretProtector protector)
{
    private const string Purpose = "webhook_secret.key_enc";

    public byte[] Protect(WebhookSecret secret) => protector.Protect(Encoding.UTF8.GetBytes(secret.Reveal()), Purpose);

    public WebhookSecret Read(byte[] column) =>
        WebhookSecret.Parse(Encoding.UTF8.GetString(protector.Unprotect(column, Purpose)));
}
