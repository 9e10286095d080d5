using System.Globalization;
using System.Text.Json;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Proves where a request comes from, by the scheme of its sender.</summary>
internal static class ReceiverProof
{
    private const int MaxId = 256;

    /// <returns>Null, and why, when nothing is proven.</returns>
    public static (ProvenWebhook? Webhook, WebhookVerification Verdict) Verify(
        WebhookReceiverOptions options, IReadOnlyList<WebhookSecret> secrets, IHeaderDictionary headers, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var verdict = options.Scheme switch
        {
            WebhookReceiverScheme.GitHub => WebhookSignature.VerifyHex(body.Span, headers["X-Hub-Signature-256"], secrets),
            WebhookReceiverScheme.Stripe => WebhookSignature.VerifyTimestamped(
                body.Span, headers["Stripe-Signature"], secrets, now, options.Tolerance),
            _ => WebhookSignature.Verify(
                body.Span,
                headers["webhook-id"],
                headers["webhook-timestamp"],
                headers["webhook-signature"],
                secrets,
                now,
                options.Tolerance),
        };
        if (verdict != WebhookVerification.Genuine)
        {
            return (null, verdict);
        }

        var webhook = options.Scheme switch
        {
            WebhookReceiverScheme.GitHub => new ProvenWebhook(headers["X-GitHub-Delivery"].ToString(), headers["X-GitHub-Event"].ToString(), body, null),
            WebhookReceiverScheme.Stripe => new ProvenWebhook(Member(body, "id"), Member(body, "type"), body, null),
            _ => new ProvenWebhook(
                headers["webhook-id"].ToString(),
                Member(body, "type"),
                body,
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture))),
        };
        return webhook.Id.Length is 0 or > MaxId ? (null, WebhookVerification.HeaderMissing) : (webhook, verdict);
    }

    private static string Member(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String
                ? member.GetString()!
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
