namespace Jamail.Webhooks;

/// <summary>A row of webhook_event_type.</summary>
internal sealed class EventTypeRow
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string? JsonSchema { get; set; }

    public string? Example { get; set; }

    public int ValidateMode { get; set; }

    public int Deprecated { get; set; }

    public string? Redact { get; set; }

    public long CreatedAt { get; set; }

    public WebhookEventType ToEventType() => new()
    {
        Name = Name,
        Description = Description,
        Schema = JsonSchema,
        Example = Example,
        Validate = (WebhookSchemaMode)ValidateMode,
        IsDeprecated = Deprecated == 1,
        Redact = TextList.Parse(Redact),
    };
}
