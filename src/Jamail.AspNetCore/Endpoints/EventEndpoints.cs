using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class EventEndpoints
{
    private const string Id = "The event's id.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/events").WithTags("Events");
        group.MapJsonPost("/", PublishAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", ListAsync);
        group.MapGet("/{id}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id}/payload", ExpungeAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("Publish an event")]
    [EndpointDescription(
        "202 means that the event and a delivery for each subscribed webhook are stored and will go out; 200 that it had been published before, under the same eventId or Idempotency-Key.")]
    private static async Task<Results<Accepted<AcceptedEventView>, Ok<AcceptedEventView>>> PublishAsync(
        JsonBody<EventRequest> body, Caller caller, IWebhookPublisher publisher, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var type = fields.Text("type", body.Value.Type);
        if (body.Value.Payload is not { ValueKind: not JsonValueKind.Undefined } payload)
        {
            fields.Add("payload", "It is missing, and the request needs it.", "Send what webhooks are to receive, as in {\"id\": 1}.");
            payload = default;
        }

        fields.ThrowIfMissing();
        var published = await publisher.PublishAsync(
            type,
            new RawJson(Encoding.UTF8.GetBytes(payload.GetRawText())),
            body.Value.ToOptions(caller, context.Request),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        var view = new AcceptedEventView(published.Id, published.Deliveries);
        return published.IsRepeat ? TypedResults.Ok(view) : TypedResults.Accepted((string?)null, view);
    }

    [EndpointSummary("List events")]
    [EndpointDescription("Newest first, a page at a time, without payloads.")]
    private static async Task<Ok<Page<EventView>>> ListAsync(
        [AsParameters] EventFilterQuery filter,
        [AsParameters] PageQuery page,
        Caller caller,
        IWebhookEvents events,
        CancellationToken cancellationToken)
    {
        var found = await events.ListAsync(filter.ToQuery(page), caller.Tenant, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<EventView>([.. found.Items.Select(EventView.Of)], found.Next));
    }

    [EndpointSummary("Read an event")]
    [EndpointDescription("With its payload; what its type redacts shows as ***.")]
    private static async Task<Ok<EventView>> ReadAsync(
        [Description(Id)] string id, Caller caller, IWebhookEvents events, CancellationToken cancellationToken) =>
        TypedResults.Ok(EventView.Of(
            await events.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id)));

    [EndpointSummary("Remove the payload of an event")]
    [EndpointDescription("And what webhooks answered to it, for good. Deliveries that wait are cancelled.")]
    private static async Task<NoContent> ExpungeAsync(
        [Description(Id)] string id, Caller caller, IWebhookEvents events, CancellationToken cancellationToken) =>
        await events.TryExpungeAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw NotFound(id);

    private static ProblemException NotFound(string id) =>
        ProblemException.NotFound("event", id, "GET /events lists those there are.");
}
