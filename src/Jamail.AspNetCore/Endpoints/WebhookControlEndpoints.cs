using System.ComponentModel;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Switching webhooks, their secrets and their headers.</summary>
internal static class WebhookControlEndpoints
{
    private const string Id = "The webhook's id, or your own name for it.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/webhooks/{id}").WithTags("Webhooks");
        RouteHandlerBuilder[] routes =
        [
            group.MapPost("/enable", EnableAsync),
            group.MapPost("/disable", DisableAsync),
            group.MapPost("/pause", PauseAsync),
            group.MapGet("/secret", RevealAsync).ProducesProblem(StatusCodes.Status403Forbidden),
            group.MapGet("/audit", AuditAsync),
            group.MapJsonPost("/secret/rotate", RotateAsync),
            group.MapPost("/secret/expire-old", ExpireOldAsync),
            group.MapGet("/headers", ReadHeadersAsync),
            group.MapJsonPut("/headers", PutHeadersAsync),
            group.MapJsonPatch("/headers", PatchHeadersAsync),
        ];
        foreach (var route in routes)
        {
            route.ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    [EndpointSummary("Enable a webhook")]
    [EndpointDescription("It begins anew: earlier failures no longer count, its circuit is closed, nothing stops its order.")]
    private static Task<Ok<WebhookView>> EnableAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        SwitchAsync(id, WebhookEndpointStatus.Active, caller, endpoints, cancellationToken);

    [EndpointSummary("Disable a webhook")]
    [EndpointDescription("What is published meanwhile is kept as skipped and can be recovered.")]
    private static Task<Ok<WebhookView>> DisableAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        SwitchAsync(id, WebhookEndpointStatus.Disabled, caller, endpoints, cancellationToken);

    [EndpointSummary("Pause a webhook")]
    [EndpointDescription("What is published meanwhile is kept as skipped and can be recovered.")]
    private static Task<Ok<WebhookView>> PauseAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        SwitchAsync(id, WebhookEndpointStatus.Paused, caller, endpoints, cancellationToken);

    [EndpointSummary("Read the signing secret of a webhook")]
    [EndpointDescription("The current one. It needs the scope webhooks:secrets, and that it was read is in the audit.")]
    private static async Task<Ok<SecretView>> RevealAsync(
        [Description(Id)] string id, Caller caller, IWebhookSecrets secrets, HttpContext context, CancellationToken cancellationToken) =>
        caller.MayDo(Scopes.ReadSecrets)
            ? Show(await secrets.TryRevealAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false), id, context)
            : throw Scopes.Missing(Scopes.ReadSecrets, "secret");

    [EndpointSummary("List who read or changed the secrets of a webhook")]
    [EndpointDescription("Newest first, a page at a time: when, who, and secret.read, secret.rotated or secret.expired.")]
    private static async Task<Ok<Page<WebhookAuditEntry>>> AuditAsync(
        [Description(Id)] string id, [AsParameters] PageQuery page, Caller caller, IWebhookAudit audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            await audit.TryListAsync(id, page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw WebhookEndpoints.NotFound(id));

    [EndpointSummary("Change the signing secret of a webhook")]
    [EndpointDescription("Until the grace ends the old secrets sign beside the new one, which the answer shows.")]
    private static async Task<Ok<SecretView>> RotateAsync(
        [Description(Id)] string id,
        JsonBody<RotateRequest> body,
        Caller caller,
        IWebhookSecrets secrets,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (body.Value.Kind is not (null or "hmac"))
        {
            throw ProblemException.Invalid("kind", "There is no such kind of secret.", "Leave it out, or give hmac.");
        }

        var rotation = new WebhookSecretRotation { Grace = TimeSpan.FromSeconds(body.Value.GraceSeconds), Secret = body.Value.Secret };
        return Show(await secrets.TryRotateAsync(id, rotation, caller.Tenant, cancellationToken).ConfigureAwait(false), id, context);
    }

    [EndpointSummary("End the overlap of secrets")]
    [EndpointDescription("Only the current secret signs from now on.")]
    private static async Task<NoContent> ExpireOldAsync(
        [Description(Id)] string id, Caller caller, IWebhookSecrets secrets, CancellationToken cancellationToken) =>
        await secrets.TryExpireOldAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw WebhookEndpoints.NotFound(id);

    [EndpointSummary("Read the static headers of a webhook")]
    [EndpointDescription("Values that may prove who somebody is show as ***.")]
    private static async Task<Ok<WebhookHeadersView>> ReadHeadersAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        TypedResults.Ok(new WebhookHeadersView(
            await endpoints.TryGetHeadersAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw WebhookEndpoints.NotFound(id)));

    [EndpointSummary("Replace the static headers of a webhook")]
    [EndpointDescription("All requests to it carry them. Those that a request itself needs are refused.")]
    private static Task<Ok<WebhookHeadersView>> PutHeadersAsync(
        [Description(Id)] string id,
        JsonBody<WebhookHeadersRequest> body,
        Caller caller,
        IWebhookEndpoints endpoints,
        CancellationToken cancellationToken) =>
        WriteHeadersAsync(id, body.Value, keepOthers: false, caller, endpoints, cancellationToken);

    [EndpointSummary("Change some static headers of a webhook")]
    [EndpointDescription("null removes a header; those that are not named stay.")]
    private static Task<Ok<WebhookHeadersView>> PatchHeadersAsync(
        [Description(Id)] string id,
        JsonBody<WebhookHeadersRequest> body,
        Caller caller,
        IWebhookEndpoints endpoints,
        CancellationToken cancellationToken) =>
        WriteHeadersAsync(id, body.Value, keepOthers: true, caller, endpoints, cancellationToken);

    private static async Task<Ok<WebhookHeadersView>> WriteHeadersAsync(
        string id,
        WebhookHeadersRequest request,
        bool keepOthers,
        Caller caller,
        IWebhookEndpoints endpoints,
        CancellationToken cancellationToken)
    {
        var headers = request.Headers
            ?? throw ProblemException.Invalid("headers", "It is missing, and the request needs it.", "Send an object of names and values.");
        return await endpoints.TrySetHeadersAsync(id, headers, keepOthers, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? await ReadHeadersAsync(id, caller, endpoints, cancellationToken).ConfigureAwait(false)
            : throw WebhookEndpoints.NotFound(id);
    }

    private static async Task<Ok<WebhookView>> SwitchAsync(
        string id, WebhookEndpointStatus status, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        TypedResults.Ok(WebhookView.Of(
            await endpoints.TrySetStatusAsync(id, status, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw WebhookEndpoints.NotFound(id)));

    private static Ok<SecretView> Show(WebhookSecret? secret, string id, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new SecretView((secret ?? throw WebhookEndpoints.NotFound(id)).Reveal()));
    }
}
