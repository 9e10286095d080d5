using System.ComponentModel;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>What a webhook was sent, and sending it again.</summary>
internal static class RecoveryEndpoints
{
    private const string Id = "The webhook's id, or your own name for it.";
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    public static void Map(RouteGroupBuilder api)
    {
        RouteHandlerBuilder[] routes =
        [
            api.MapGet("/webhooks/{id}/stats", StatsAsync),
            api.MapJsonPost("/webhooks/{id}/recover", RecoverAsync),
            api.MapJsonPost("/webhooks/{id}/replay-missing", ReplayAsync),
            api.MapGet("/tasks/{id}", TaskAsync),
        ];
        foreach (var route in routes)
        {
            route.WithTags("Deliveries").ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    [EndpointSummary("Sum up what a webhook was sent")]
    [EndpointDescription("Deliveries by status, success rate, median and 95th percentile of the newest 10,000 attempts.")]
    private static async Task<Ok<StatsView>> StatsAsync(
        [Description(Id)] string id,
        [Description("From when. Default: a day ago.")] string? since,
        Caller caller,
        IDeliveryHistory history,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(StatsView.Of(
            await history.TryGetStatsAsync(
                id, TimeQuery.Parse("since", since) ?? clock.GetUtcNow() - Usual, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw WebhookEndpoints.NotFound(id)));

    [EndpointSummary("Send again what failed or was skipped")]
    [EndpointDescription("Each delivery of the window begins anew, with its whole schedule. With dryRun they are only counted.")]
    private static async Task<Accepted<TaskView>> RecoverAsync(
        [Description(Id)] string id,
        JsonBody<RecoverRequest> body,
        Caller caller,
        IWebhookRecovery recovery,
        HttpContext context,
        CancellationToken cancellationToken) =>
        Accepted(
            await recovery.TryRecoverAsync(id, body.Value.ToRequest(), caller.Tenant, cancellationToken).ConfigureAwait(false)
                ?? throw WebhookEndpoints.NotFound(id),
            context);

    [EndpointSummary("Send events that a webhook has no delivery of")]
    [EndpointDescription("Those of the window that it takes now. With dryRun they are only counted.")]
    private static async Task<Accepted<TaskView>> ReplayAsync(
        [Description(Id)] string id,
        JsonBody<RecoverRequest> body,
        Caller caller,
        IWebhookRecovery recovery,
        HttpContext context,
        CancellationToken cancellationToken) =>
        Accepted(
            await recovery.TryReplayMissingAsync(id, body.Value.ToRequest(), caller.Tenant, cancellationToken).ConfigureAwait(false)
                ?? throw WebhookEndpoints.NotFound(id),
            context);

    [EndpointSummary("Read how far a task is")]
    [EndpointDescription("Tasks are made by recover and replay-missing.")]
    private static async Task<Ok<TaskView>> TaskAsync(
        [Description("The task's id.")] string id, Caller caller, IWebhookRecovery recovery, CancellationToken cancellationToken) =>
        TypedResults.Ok(TaskView.Of(
            await recovery.TryGetTaskAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound("task", id, "It may have been done long ago.")));

    // The route's prefix ends where its own part begins.
    private static Accepted<TaskView> Accepted(WebhookTask task, HttpContext context)
    {
        var path = $"{context.Request.PathBase}{context.Request.Path}";
        var location = task.Id is null ? null : $"{path[..path.LastIndexOf("/webhooks/", StringComparison.Ordinal)]}/tasks/{task.Id}";
        return TypedResults.Accepted(location, TaskView.Of(task));
    }
}
