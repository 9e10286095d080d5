using System.ComponentModel;
using System.Globalization;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class WebhookEndpoints
{
    private const string Id = "The webhook's id, or your own name for it.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/webhooks").WithTags("Webhooks");
        group.MapGet("/", ListAsync);
        group.MapJsonPost("/", CreateAsync);
        group.MapGet("/{id}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        foreach (var change in (RouteHandlerBuilder[])[group.MapJsonPut("/{id}", UpdateAsync), group.MapJsonPatch("/{id}", UpdateAsync)])
        {
            change.ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        }

        group.MapDelete("/{id}", DeleteAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/test", TestAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List webhooks")]
    [EndpointDescription("Newest first, a page at a time. Secrets are not shown.")]
    private static async Task<Ok<Page<WebhookView>>> ListAsync(
        [AsParameters] PageQuery page, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken)
    {
        var found = await endpoints.ListAsync(page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<WebhookView>([.. found.Items.Select(WebhookView.Of)], found.Next));
    }

    [EndpointSummary("Create a webhook")]
    [EndpointDescription("Events published from now on reach it. The answer shows its signing secret.")]
    private static async Task<Created<CreatedWebhookView>> CreateAsync(
        JsonBody<WebhookRequest> body,
        Caller caller,
        IWebhookEndpoints endpoints,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var endpoint = new NewWebhookEndpoint
        {
            Url = fields.Text("url", body.Value.Url),
            Events = body.Value.Events,
            Secret = body.Value.Secret,
            Description = body.Value.Description,
            Uid = body.Value.Uid,
            Verify = WireNames.Parse("verify", body.Value.Verify, Enum.GetValues<WebhookProof>(), WireNames.Of) ?? WebhookProof.None,
            Settings = body.Value.Settings?.ToSettings(),
        };
        fields.ThrowIfMissing();
        var created = await endpoints.CreateAsync(endpoint, caller.Tenant, cancellationToken).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            Locations.Below(context.Request, created.Endpoint.Id), CreatedWebhookView.Of(created));
    }

    [EndpointSummary("Read a webhook")]
    [EndpointDescription("The secret is not shown.")]
    private static async Task<Ok<WebhookView>> ReadAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, HttpContext context, CancellationToken cancellationToken) =>
        Ok(
            await endpoints.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id), context);

    [EndpointSummary("Change a webhook")]
    [EndpointDescription(
        "What is left out stays. Deliveries that wait go to the new address, signed with the new secret. With If-Match only a webhook of that version is changed.")]
    private static async Task<Ok<WebhookView>> UpdateAsync(
        [Description(Id)] string id,
        JsonBody<WebhookRequest> body,
        Caller caller,
        IWebhookEndpoints endpoints,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var change = new WebhookEndpointChange
        {
            Url = body.Value.Url,
            Events = body.Value.Events,
            Secret = body.Value.Secret,
            Description = body.Value.Description,
            Settings = body.Value.Settings?.ToSettings(),
            IfVersion = Version(context.Request),
        };
        return Ok(
            await endpoints.TryUpdateAsync(id, change, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id), context);
    }

    [EndpointSummary("Delete a webhook")]
    [EndpointDescription("Its waiting deliveries are discarded; its history stays readable.")]
    private static async Task<NoContent> DeleteAsync(
        [Description(Id)] string id, Caller caller, IWebhookEndpoints endpoints, CancellationToken cancellationToken) =>
        await endpoints.TryDeleteAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw NotFound(id);

    [EndpointSummary("Send a sample to a webhook")]
    [EndpointDescription("Signed like any event; waits for the answer. Not retried; kept as the attempt attemptId, and nothing that the health of the webhook knows of.")]
    private static async Task<Ok<WebhookTestView>> TestAsync(
        [Description(Id)] string id,
        [Description("The type of the sample. Default: webhook.test.")] string? type,
        Caller caller,
        IWebhookEndpoints endpoints,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(WebhookTestView.Of(
            await endpoints.TrySendTestAsync(id, string.IsNullOrEmpty(type) ? null : type, caller.Tenant, cancellationToken)
                .ConfigureAwait(false)
            ?? throw NotFound(id)));

    public static ProblemException NotFound(string id) =>
        ProblemException.NotFound("webhook", id, "GET /webhooks lists those there are.");

    private static Ok<WebhookView> Ok(WebhookEndpoint endpoint, HttpContext context)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{endpoint.Version}\"");
        return TypedResults.Ok(WebhookView.Of(endpoint));
    }

    private static int? Version(HttpRequest request) =>
        request.Headers.IfMatch.ToString().Trim().Trim('"') is not { Length: > 0 } text || text == "*" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw ProblemException.Invalid("If-Match", "It is not the version of a webhook.", "Give the ETag of the webhook as you read it.");
}
