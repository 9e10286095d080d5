using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record WebhookView(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string Status,
    string Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static WebhookView Of(WebhookEndpoint endpoint) => new(
        endpoint.Id,
        endpoint.Url,
        endpoint.Events,
        WireNames.Of(endpoint.Status),
        endpoint.Description,
        endpoint.CreatedAt,
        endpoint.UpdatedAt);
}
