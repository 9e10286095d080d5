using System.Globalization;

namespace Jamail.Webhooks;

/// <summary>The headers that prove who sent a request.</summary>
internal static class SignatureHeaders
{
    public static IEnumerable<KeyValuePair<string, string>> Of(
        OutgoingWebhook webhook, WebhookSignatureProfile profile, string ownHeader, DateTimeOffset now)
    {
        var id = $"msg_{webhook.EventId}";
        var seconds = now.ToUnixTimeSeconds();
        yield return new(HeaderNames.Id, id);
        yield return new(HeaderNames.Timestamp, seconds.ToString(CultureInfo.InvariantCulture));
        if (profile is WebhookSignatureProfile.Standard or WebhookSignatureProfile.Dual)
        {
            yield return new(HeaderNames.Signature, WebhookSigner.Standard(webhook.Secrets, id, seconds, webhook.Body));
        }

        // A header with room for one signature carries that of the current secret.
        if (profile is WebhookSignatureProfile.Hex or WebhookSignatureProfile.Dual)
        {
            yield return new(ownHeader, WebhookSigner.Hex(webhook.Secrets[0], webhook.Body.Span));
        }
        else if (profile == WebhookSignatureProfile.Timestamped)
        {
            yield return new(ownHeader, WebhookSigner.Timestamped(webhook.Secrets, seconds, webhook.Body));
        }
        else if (profile == WebhookSignatureProfile.GitHub)
        {
            yield return new(HeaderNames.HubSignature, WebhookSigner.Hex(webhook.Secrets[0], webhook.Body.Span));
            yield return new(HeaderNames.GitHubEvent, webhook.EventType);
            yield return new(HeaderNames.GitHubDelivery, webhook.EventId);
        }
    }
}
