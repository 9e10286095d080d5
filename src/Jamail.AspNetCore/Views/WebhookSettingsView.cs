using System.Text.Json;
using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>How an endpoint is served; null is as the host has it.</summary>
internal sealed record WebhookSettingsView(
    string? OwnerEmail,
    IReadOnlyList<string>? Channels,
    JsonElement? Filter,
    string? SignatureProfile,
    string? RetrySchedule,
    TimeSpan? Timeout,
    int? RatePerSecond,
    int? MaxInFlight,
    string Ordering,
    bool BlocksOnFailure)
{
    public static WebhookSettingsView Of(WebhookEndpointSettings settings) => new(
        settings.OwnerEmail,
        settings.Channels,
        settings.Filter is { } filter ? JsonElement.Parse(filter) : null,
        settings.SignatureProfile is { } profile ? WireNames.Of(profile) : null,
        settings.RetrySchedule,
        settings.Timeout,
        settings.RatePerSecond,
        settings.MaxInFlight,
        WireNames.Of(settings.Ordering),
        settings.BlocksOnFailure);
}
