using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>A new endpoint, with its secret: the only answer that ever shows it.</summary>
internal sealed record CreatedWebhookView(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string Status,
    string Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Secret)
{
    public static CreatedWebhookView Of(CreatedWebhookEndpoint created) => new(
        created.Endpoint.Id,
        created.Endpoint.Url,
        created.Endpoint.Events,
        WireNames.Of(created.Endpoint.Status),
        created.Endpoint.Description,
        created.Endpoint.CreatedAt,
        created.Endpoint.UpdatedAt,
        created.Secret.Reveal());

    public override string ToString() => Url;
}
