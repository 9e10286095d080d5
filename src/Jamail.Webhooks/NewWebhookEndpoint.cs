namespace Jamail.Webhooks;

/// <summary>An endpoint to create.</summary>
public sealed record NewWebhookEndpoint
{
    /// <summary>Where requests go: absolute <c>https</c> (or allowed <c>http</c>), no user name, no fragment, at most 2,048 characters.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// Which events: exact types, <c>order.*</c> for all types under a part, <c>*</c> for all.
    /// <see langword="null"/> or empty: all.
    /// </summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>
    /// The signing secret: <c>whsec_</c> and base64 of 24 to 64 bytes, or any other text of at least 16 bytes.
    /// <see langword="null"/>: a new random one.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>What the endpoint is for; at most 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The owner's own name for it: 1 to 100 letters, digits, '_', '-' and '.'; unique, and usable wherever the id is.</summary>
    public string? Uid { get; init; }

    /// <summary>What it must show before it is created; when it does not, nothing is stored.</summary>
    public WebhookProof Verify { get; init; }

    /// <summary>How it is served; <see langword="null"/>: as the host has it.</summary>
    public WebhookEndpointSettings? Settings { get; init; }

    /// <summary>Does not print the secret.</summary>
    /// <returns>The URL.</returns>
    public override string ToString() => Url;
}
