using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapJsonPost("/events", PublishAsync).WithTags("Events");

    [EndpointSummary("Publish an event")]
    [EndpointDescription("202 means that the event and a delivery for each subscribed webhook are stored and will go out.")]
    private static async Task<Accepted<AcceptedEventView>> PublishAsync(
        JsonBody<EventRequest> body, Caller caller, IWebhookPublisher publisher, CancellationToken cancellationToken)
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
            new PublishOptions { Tenant = caller.Tenant },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return TypedResults.Accepted((string?)null, new AcceptedEventView(published.Id, published.Deliveries));
    }
}
