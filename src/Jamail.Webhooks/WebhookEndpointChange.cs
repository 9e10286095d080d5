namespace Jamail.Webhooks;

/// <summary>What to change about an endpoint; what is <see langword="null"/> stays. The rules are those of <see cref="NewWebhookEndpoint"/>.</summary>
public sealed record WebhookEndpointChange
{
    /// <summary>The new address.</summary>
    public string? Url { get; init; }

    /// <summary>The new event filter; empty: all events.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The new secret; the old one is no longer used.</summary>
    public string? Secret { get; init; }

    /// <summary>The new description.</summary>
    public string? Description { get; init; }

    /// <summary>How it is served from now on, in full.</summary>
    public WebhookEndpointSettings? Settings { get; init; }

    /// <summary>The change is made only if the endpoint still has this version.</summary>
    public int? IfVersion { get; init; }

    /// <summary>Does not print the secret.</summary>
    /// <returns>The URL, if it is to change.</returns>
    public override string ToString() => Url ?? "";
}
