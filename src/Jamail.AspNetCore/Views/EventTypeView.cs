using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record EventTypeView(
    string Name, string Description, JsonElement? Schema, JsonElement? Example, string Validate, bool Deprecated, IReadOnlyList<string>? Redact)
{
    public static EventTypeView Of(WebhookEventType type) => new(
        type.Name,
        type.Description,
        type.Schema is { } schema ? JsonElement.Parse(schema) : null,
        type.Example is { } example ? JsonElement.Parse(example) : null,
        WireNames.Of(type.Validate),
        type.IsDeprecated,
        type.Redact);
}
