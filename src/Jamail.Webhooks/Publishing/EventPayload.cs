using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The bytes an event is sent with.</summary>
internal static class EventPayload
{
    /// <exception cref="InvalidInputException">The payload is no JSON, or holds what cannot be sent.</exception>
    /// <exception cref="WebhookPayloadTooLargeException">The payload is too large.</exception>
    public static byte[] From<TPayload>(TPayload payload, int maxBytes)
    {
        var json = payload is RawJson raw ? raw.Utf8 : JsonSerializer.SerializeToUtf8Bytes(payload, JsonSerializerOptions.Web);
        var body = CanonicalJson.From(json);
        return body.Length <= maxBytes
            ? body
            : throw new WebhookPayloadTooLargeException(body.Length, maxBytes);
    }
}
