namespace Jamail.Webhooks;

/// <summary>What is known about a type of events. A type need not be known to be published.</summary>
public sealed record WebhookEventType
{
    /// <summary>The type, as in <c>order.paid</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it means; at most 2,000 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>A JSON Schema of the payload, at most 64 KiB; <see langword="null"/> for none.</summary>
    public string? Schema { get; init; }

    /// <summary>A payload as JSON, sent as sample; it must keep the schema. <see langword="null"/> for none.</summary>
    public string? Example { get; init; }

    /// <summary>What happens when a payload breaks the schema.</summary>
    public WebhookSchemaMode Validate { get; init; }

    /// <summary>Whether new endpoints should no longer subscribe to it.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>
    /// JSON pointers into the payload, at most 50, whose values are shown as <c>***</c> to people; <c>*</c> stands for any member
    /// or item, as in <c>/customers/*/email</c>. What is sent is not changed.
    /// </summary>
    public IReadOnlyList<string>? Redact { get; init; }
}
