using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.Webhooks;

/// <summary>
/// The data of a <c>deliver-webhook</c> job on queue <c>webhook-delivery</c>: the contract with producers and workers in
/// other languages. Other members are ignored.
/// </summary>
public sealed record WebhookDeliveryJob
{
    /// <summary>The delivery: text, or a number from a producer that counts.</summary>
    [JsonPropertyName("deliveryId")]
    public required string DeliveryId { get; init; }

    /// <summary>The endpoint: text, or a number from a producer that counts.</summary>
    [JsonPropertyName("webhookId")]
    public required string WebhookId { get; init; }

    /// <summary>Where the request goes.</summary>
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    /// <summary>The signing secret. Shown as <c>***</c> wherever jobs are shown.</summary>
    [JsonPropertyName("secret")]
    public required string Secret { get; init; }

    /// <summary>The type of the event.</summary>
    [JsonPropertyName("event")]
    public required string Event { get; init; }

    /// <summary>The body of the request; it is sent as it is written here.</summary>
    [JsonPropertyName("payload")]
    public required JsonElement Payload { get; init; }

    /// <summary>Does not print the secret or the payload.</summary>
    /// <returns>The delivery, endpoint and event.</returns>
    public override string ToString() => $"{DeliveryId} to {WebhookId}: {Event}";
}
