using System.ComponentModel;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class SchedulerEndpoints
{
    private const string Name = "The queue's name.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/queues/{name}/schedulers").WithTags("Schedulers");
        group.ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id}", ReadAsync);
    }

    [EndpointSummary("List schedulers")]
    [EndpointDescription("A page at a time, the one with the earliest next job first. Secrets show as ***.")]
    private static async Task<Ok<Page<SchedulerView>>> ListAsync(
        [Description(Name)] string name,
        [AsParameters] PageQuery page,
        IJobQueues queues,
        CancellationToken cancellationToken)
    {
        var schedulers = queues.Schedulers(queues.Find(name).Name);
        try
        {
            var found = await schedulers.ListAsync(page.Position, page.Size, cancellationToken).ConfigureAwait(false);
            return TypedResults.Ok(new Page<SchedulerView>([.. found.Items.Select(SchedulerView.Of)], found.Next));
        }
        catch (ArgumentException fault) when (fault.ParamName == "cursor")
        {
            throw ProblemException.Invalid(
                "cursor", "It is none that this list gave.", "Give 'next' of the page before, or leave it out.");
        }
    }

    [EndpointSummary("Read a scheduler")]
    [EndpointDescription("Its schedule, its template and its next runs. Secrets show as ***.")]
    private static async Task<Ok<SchedulerView>> ReadAsync(
        [Description(Name)] string name,
        [Description("The scheduler's id.")] string id,
        IJobQueues queues,
        CancellationToken cancellationToken)
    {
        var schedulers = queues.Schedulers(queues.Find(name).Name);
        return await schedulers.TryGetAsync(id, cancellationToken).ConfigureAwait(false) is { } scheduler
            ? TypedResults.Ok(SchedulerView.Of(scheduler))
            : throw ProblemException.NotFound("scheduler", id, $"GET /queues/{name}/schedulers lists those that are there.");
    }
}
