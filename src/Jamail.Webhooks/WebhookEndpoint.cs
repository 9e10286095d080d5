namespace Jamail.Webhooks;

/// <summary>An endpoint as it is stored, without its secret.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>The endpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where requests go.</summary>
    public required string Url { get; init; }

    /// <summary>Which events it receives: exact types, <c>order.*</c>, <c>*</c>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether it receives events.</summary>
    public required WebhookEndpointStatus Status { get; init; }

    /// <summary>What the endpoint is for; empty when nobody said.</summary>
    public string Description { get; init; } = "";

    /// <summary>The owner's own name for it; <see langword="null"/> when it has none.</summary>
    public string? Uid { get; init; }

    /// <summary>How it is served.</summary>
    public required WebhookEndpointSettings Settings { get; init; }

    /// <summary>Why it does not receive events; <see langword="null"/> when it does, or when nobody said.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Since when it fails without a success in between; <see langword="null"/> when it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// Since when deliveries are given up unsent because its address may not be called; <see langword="null"/> when it may, as far as is known.
    /// </summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Counts its changes.</summary>
    public required int Version { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
