using System.ComponentModel;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class FlowEndpoints
{
    private const int MaxDepth = 20;
    private const int MaxChildren = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/queues/{name}/flows").WithTags("Flows");
        group.MapGet("/{jobId}", ReadAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    [EndpointSummary("Read a flow")]
    [EndpointDescription(
        "A job with its children and theirs. A child that is no longer kept, or in a queue this host was not told of, is shown " +
        "without its job. Secrets show as ***.")]
    private static async Task<Ok<FlowView>> ReadAsync(
        [Description("The queue's name.")] string name,
        [Description("The id of the job at the top.")] string jobId,
        [Description("How many generations, 1 to 20; 10 when left out.")] string? depth,
        [Description("How many children of each job, 1 to 1000; 20 when left out.")] string? children,
        IJobQueues queues,
        IJobFlows flows,
        CancellationToken cancellationToken)
    {
        var queue = queues.Find(name).Name;
        var tree = await flows.TryReadAsync(
                queue,
                JobId.Parse(jobId),
                NumberQuery.Parse("depth", depth, 10, MaxDepth),
                NumberQuery.Parse("children", children, 20, MaxChildren),
                cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound("job", jobId, $"Queue '{queue}' never had it, or no longer keeps it.");
        return TypedResults.Ok(FlowView.Of(tree, queues.Names));
    }
}
