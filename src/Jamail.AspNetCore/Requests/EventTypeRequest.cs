using System.ComponentModel;
using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>What a type of events is.</summary>
internal sealed record EventTypeRequest
{
    [Description("What it means, at most 2,000 characters.")]
    public string? Description { get; init; }

    [Description("A JSON Schema of the payload.")]
    public JsonElement? Schema { get; init; }

    [Description("A payload, sent as sample.")]
    public JsonElement? Example { get; init; }

    [Description("off, warn or reject: what happens when a payload breaks the schema. Default: off.")]
    public string? Validate { get; init; }

    [Description("Whether new webhooks should no longer subscribe to it.")]
    public bool Deprecated { get; init; }

    [Description("JSON pointers into the payload whose values are shown as ***; '*' stands for any member or item.")]
    public IReadOnlyList<string>? Redact { get; init; }

    public WebhookEventType ToEventType(string name) => new()
    {
        Name = name,
        Description = Description ?? "",
        Schema = Text(Schema),
        Example = Text(Example),
        Validate = WireNames.Parse("validate", Validate, Enum.GetValues<WebhookSchemaMode>(), WireNames.Of) ?? WebhookSchemaMode.Off,
        IsDeprecated = Deprecated,
        Redact = Redact,
    };

    private static string? Text(JsonElement? json) =>
        json is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element ? element.GetRawText() : null;
}
