using System.ComponentModel;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class QueueEndpoints
{
    private const string Name = "The queue's name.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/queues").WithTags("Queues");
        group.MapGet("/", ListAsync);
        group.MapPost("/{name}/pause", PauseAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{name}/resume", ResumeAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List queues")]
    [EndpointDescription("Those this host was told of, with the number of jobs in each state.")]
    private static async Task<Ok<Page<QueueView>>> ListAsync(IJobQueues queues, CancellationToken cancellationToken)
    {
        var views = await Task.WhenAll(queues.Names.Select(name => ViewAsync(queues.Inspect(name), cancellationToken)))
            .ConfigureAwait(false);
        return TypedResults.Ok(new Page<QueueView>(views, null));
    }

    [EndpointSummary("Pause a queue")]
    [EndpointDescription("For all its workers, in every language. Jobs that run go on; nothing is lost.")]
    private static async Task<Ok<QueueStateView>> PauseAsync(
        [Description(Name)] string name, IJobQueues queues, CancellationToken cancellationToken)
    {
        await queues.Find(name).PauseAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new QueueStateView(name, true));
    }

    [EndpointSummary("Resume a queue")]
    [EndpointDescription("Whoever paused it.")]
    private static async Task<Ok<QueueStateView>> ResumeAsync(
        [Description(Name)] string name, IJobQueues queues, CancellationToken cancellationToken)
    {
        await queues.Find(name).ResumeAsync(cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new QueueStateView(name, false));
    }

    private static async Task<QueueView> ViewAsync(IJobQueueInspector queue, CancellationToken cancellationToken)
    {
        var isPaused = queue.IsPausedAsync(cancellationToken);
        var counts = queue.GetCountsAsync(cancellationToken);
        return new QueueView(
            queue.Name.Value, await isPaused.ConfigureAwait(false), await counts.ConfigureAwait(false));
    }
}
