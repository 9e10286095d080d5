using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record WebhookView(
    string Id,
    string? Uid,
    string Url,
    IReadOnlyList<string> Events,
    string Status,
    string? StatusReason,
    DateTimeOffset? FailingSince,
    DateTimeOffset? RefusedSince,
    string Description,
    WebhookSettingsView Settings,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static WebhookView Of(WebhookEndpoint endpoint) => new(
        endpoint.Id,
        endpoint.Uid,
        endpoint.Url,
        endpoint.Events,
        WireNames.Of(endpoint.Status),
        endpoint.StatusReason,
        endpoint.FailingSince,
        endpoint.RefusedSince,
        endpoint.Description,
        WebhookSettingsView.Of(endpoint.Settings),
        endpoint.Version,
        endpoint.CreatedAt,
        endpoint.UpdatedAt);
}
