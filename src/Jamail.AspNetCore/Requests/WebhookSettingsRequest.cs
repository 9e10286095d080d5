using System.ComponentModel;
using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>How an endpoint is served; what is left out is as the host has it.</summary>
internal sealed record WebhookSettingsRequest
{
    [Description("Who is told by e-mail when the endpoint fails for long.")]
    public string? OwnerEmail { get; init; }

    [Description("Only events of these channels are sent.")]
    public IReadOnlyList<string>? Channels { get; init; }

    [Description("A JSON Schema: only events whose payload keeps it are sent.")]
    public JsonElement? Filter { get; init; }

    [Description("standard, hex, dual, timestamped or github.")]
    public string? SignatureProfile { get; init; }

    [Description("compat, standard, svix-like, or waits as in '00:01:00, 00:05:00'.")]
    public string? RetrySchedule { get; init; }

    [Description("How long one attempt may take, as in 00:00:15: 1 to 60 seconds.")]
    public TimeSpan? Timeout { get; init; }

    [Description("Most requests per second, 1 to 10,000.")]
    public int? RatePerSecond { get; init; }

    [Description("Most requests under way at the same time, 1 to 1,000.")]
    public int? MaxInFlight { get; init; }

    [Description("none, endpoint or key: whether deliveries wait for earlier ones.")]
    public string? Ordering { get; init; }

    [Description("With an order: whether a delivery that is given up stops those behind it.")]
    public bool BlocksOnFailure { get; init; }

    public WebhookEndpointSettings ToSettings() => new()
    {
        OwnerEmail = OwnerEmail,
        Channels = Channels,
        Filter = Filter is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } filter ? filter.GetRawText() : null,
        SignatureProfile = WireNames.Parse(
            "settings.signatureProfile", SignatureProfile, Enum.GetValues<WebhookSignatureProfile>(), WireNames.Of),
        RetrySchedule = RetrySchedule,
        Timeout = Timeout,
        RatePerSecond = RatePerSecond,
        MaxInFlight = MaxInFlight,
        Ordering = WireNames.Parse("settings.ordering", Ordering, Enum.GetValues<WebhookOrdering>(), WireNames.Of) ?? WebhookOrdering.None,
        BlocksOnFailure = BlocksOnFailure,
    };
}
