using System.ComponentModel;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class DeliveryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/webhooks/{id}/deliveries", ListAsync).WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/webhooks/{id}/attempts", ListAttemptsAsync).WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/deliveries/{id}/attempts", AttemptsAsync).WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/attempts/{id}", AttemptAsync).WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/deliveries/{id}/cancel", CancelAsync)
            .WithTags("Deliveries")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/deliveries/{id}", ReadAsync).WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/deliveries/{id}/resend", ResendAsync)
            .WithTags("Deliveries")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    [EndpointSummary("List the deliveries of a webhook")]
    [EndpointDescription("Newest first, a page at a time, each with its attempts.")]
    private static async Task<Ok<Page<DeliveryView>>> ListAsync(
        [Description("The webhook's id.")] string id,
        [AsParameters] DeliveryFilter filter,
        [AsParameters] PageQuery page,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken)
    {
        var found = await history.TryListAsync(filter.ToQuery(id, page), caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw WebhookEndpoints.NotFound(id);
        return TypedResults.Ok(new Page<DeliveryView>([.. found.Items.Select(DeliveryView.Of)], found.Next));
    }

    [EndpointSummary("Read a delivery")]
    [EndpointDescription("With every attempt: when, which status code or error, how long.")]
    private static async Task<Ok<DeliveryView>> ReadAsync(
        [Description("The delivery's id.")] string id,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(DeliveryView.Of(
            await history.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id)));

    [EndpointSummary("Send a delivery once more")]
    [EndpointDescription("One attempt now, with the same body and webhook-id, to the current address, signed with the current secret.")]
    private static async Task<Accepted<AcceptedResendView>> ResendAsync(
        [Description("The delivery's id.")] string id,
        Caller caller,
        IDeliveryHistory history,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var result = await history.ResendAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            ResendResult.Accepted => TypedResults.Accepted(
                $"{context.Request.PathBase}{context.Request.Path}"[..^"/resend".Length],
                new AcceptedResendView("Delivery queued for one more attempt", id)),
            ResendResult.InFlight => throw ProblemException.Conflict(
                $"An attempt of delivery '{id}' is under way or due by itself. Ask again when it is over."),
            ResendResult.PayloadGone => throw ProblemException.Conflict(
                $"The payload of delivery '{id}' is past its time or was removed, so there is nothing to send. Publish the event again."),
            ResendResult.EndpointDeleted => throw ProblemException.Conflict(
                $"The webhook of delivery '{id}' was deleted, so there is no address to send to. Create it anew and publish the event again."),
            _ => throw NotFound(id),
        };
    }

    [EndpointSummary("List the attempts of a delivery")]
    [EndpointDescription("Oldest first, with the heads and bodies of requests and answers.")]
    private static async Task<Ok<Page<AttemptDetailsView>>> AttemptsAsync(
        [Description("The delivery's id.")] string id,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken)
    {
        var delivery = await history.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id);
        return TypedResults.Ok(new Page<AttemptDetailsView>(
            [.. delivery.Attempts.Select(attempt => AttemptDetailsView.Of(attempt, requestBody: null))], null));
    }

    [EndpointSummary("List the attempts of a webhook")]
    [EndpointDescription("Newest first, a page at a time: those of all its deliveries, and test sends, which belong to no delivery.")]
    private static async Task<Ok<Page<AttemptDetailsView>>> ListAttemptsAsync(
        [Description("The webhook's id.")] string id,
        [AsParameters] AttemptFilter filter,
        [AsParameters] PageQuery page,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken)
    {
        var found = await history.TryListAttemptsAsync(filter.ToQuery(id, page), caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw WebhookEndpoints.NotFound(id);
        return TypedResults.Ok(new Page<AttemptDetailsView>(
            [.. found.Items.Select(attempt => AttemptDetailsView.Of(attempt, requestBody: null))], found.Next));
    }

    [EndpointSummary("Read an attempt")]
    [EndpointDescription("The request that was made and the answer, bounded; what proves who somebody is shows as ***.")]
    private static async Task<Ok<AttemptDetailsView>> AttemptAsync(
        [Description("The attempt's id.")] string id,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken)
    {
        var found = await history.TryGetAttemptAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound("attempt", id, "GET /deliveries/{id}/attempts lists those there are.");
        return TypedResults.Ok(AttemptDetailsView.Of(found.Attempt, found.RequestBody));
    }

    [EndpointSummary("Cancel a delivery")]
    [EndpointDescription("No further attempt is made.")]
    private static async Task<NoContent> CancelAsync(
        [Description("The delivery's id.")] string id,
        Caller caller,
        IDeliveryHistory history,
        CancellationToken cancellationToken) =>
        await history.CancelAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) switch
        {
            CancelResult.Accepted => TypedResults.NoContent(),
            CancelResult.InFlight => throw ProblemException.Conflict(
                $"An attempt of delivery '{id}' is under way. Ask again when it is over.", TimeSpan.FromSeconds(1)),
            CancelResult.Ended => throw ProblemException.Conflict($"Delivery '{id}' has come to its end already."),
            _ => throw NotFound(id),
        };

    private static ProblemException NotFound(string id) =>
        ProblemException.NotFound("delivery", id, "GET /webhooks/{id}/deliveries lists those there are.");
}
