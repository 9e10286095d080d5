using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record EventView(
    string Id,
    string Type,
    string? EventId,
    string? OrderingKey,
    IReadOnlyList<string> Channels,
    IReadOnlyList<string> Tags,
    DateTimeOffset OccurredAt,
    DateTimeOffset CreatedAt,
    int PayloadBytes,
    bool Expunged,
    JsonElement? Payload)
{
    public static EventView Of(WebhookEvent published) => new(
        published.Id,
        published.Type,
        published.EventId,
        published.OrderingKey,
        published.Channels,
        published.Tags,
        published.OccurredAt,
        published.CreatedAt,
        published.PayloadBytes,
        published.IsExpunged,
        published.Payload is { } payload ? JsonElement.Parse(payload) : null);
}
