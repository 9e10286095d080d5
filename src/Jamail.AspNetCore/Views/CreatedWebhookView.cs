using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>A new endpoint, with its secret: the only answer that shows it unasked.</summary>
internal sealed record CreatedWebhookView(
    string Id,
    string? Uid,
    string Url,
    IReadOnlyList<string> Events,
    string Status,
    string Description,
    WebhookSettingsView Settings,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Secret)
{
    public static CreatedWebhookView Of(CreatedWebhookEndpoint created) => new(
        created.Endpoint.Id,
        created.Endpoint.Uid,
        created.Endpoint.Url,
        created.Endpoint.Events,
        WireNames.Of(created.Endpoint.Status),
        created.Endpoint.Description,
        WebhookSettingsView.Of(created.Endpoint.Settings),
        created.Endpoint.Version,
        created.Endpoint.CreatedAt,
        created.Endpoint.UpdatedAt,
        created.Secret.Reveal());

    public override string ToString() => Url;
}
