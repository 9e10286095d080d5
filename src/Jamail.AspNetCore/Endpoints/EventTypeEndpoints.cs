using System.ComponentModel;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class EventTypeEndpoints
{
    private const string Name = "The type, as in order.paid.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/event-types").WithTags("Events");
        group.MapGet("/", ListAsync);
        group.MapGet("/{name}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapJsonPut("/{name}", PutAsync);
        group.MapDelete("/{name}", DeleteAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List event types")]
    [EndpointDescription("Those that something was said about, newest first, a page at a time.")]
    private static async Task<Ok<Page<EventTypeView>>> ListAsync(
        [AsParameters] PageQuery page, Caller caller, IWebhookEventTypes types, CancellationToken cancellationToken)
    {
        var found = await types.ListAsync(page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<EventTypeView>([.. found.Items.Select(EventTypeView.Of)], found.Next));
    }

    [EndpointSummary("Read an event type")]
    [EndpointDescription("Its schema, an example, and what happens to payloads that break the schema.")]
    private static async Task<Ok<EventTypeView>> ReadAsync(
        [Description(Name)] string name, Caller caller, IWebhookEventTypes types, CancellationToken cancellationToken) =>
        TypedResults.Ok(EventTypeView.Of(
            await types.TryGetAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(name)));

    [EndpointSummary("Say what an event type is")]
    [EndpointDescription("In place of what was said before. A type need not be known to be published.")]
    private static async Task<Ok<EventTypeView>> PutAsync(
        [Description(Name)] string name,
        JsonBody<EventTypeRequest> body,
        Caller caller,
        IWebhookEventTypes types,
        CancellationToken cancellationToken)
    {
        var type = body.Value.ToEventType(name);
        await types.PutAsync(type, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(EventTypeView.Of(type));
    }

    [EndpointSummary("Forget an event type")]
    [EndpointDescription("Its events are published as before, unchecked.")]
    private static async Task<NoContent> DeleteAsync(
        [Description(Name)] string name, Caller caller, IWebhookEventTypes types, CancellationToken cancellationToken) =>
        await types.TryDeleteAsync(name, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw NotFound(name);

    private static ProblemException NotFound(string name) =>
        ProblemException.NotFound("event type", name, "GET /event-types lists those there are.");
}
