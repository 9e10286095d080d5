using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The bytes an event is sent with.</summary>
internal static class EventPayload
{
    private const string Field = "payload";

    /// <exception cref="InvalidInputException">The payload is no JSON, holds what cannot be sent, or is too large.</exception>
    public static byte[] From<TPayload>(TPayload payload, int maxBytes)
    {
        var json = payload is RawJson raw ? raw.Utf8 : JsonSerializer.SerializeToUtf8Bytes(payload, JsonSerializerOptions.Web);
        var body = CanonicalJson.From(json);
        return body.Length <= maxBytes
            ? body
            : throw new InvalidInputException(
                Field,
                $"The payload has {body.Length} bytes, and at most {maxBytes} are allowed.",
                "Send an id and let the receiver fetch the rest, or raise Jamail:Webhooks:MaxPayloadBytes.");
    }
}
