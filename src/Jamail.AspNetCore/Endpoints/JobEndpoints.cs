using System.ComponentModel;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class JobEndpoints
{
    private const string Name = "The queue's name.";
    private const string Id = "The job's id.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/queues/{name}/jobs").WithTags("Jobs");
        group.ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id}", ReadAsync);
        group.MapDelete("/{id}", RemoveAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/retry", RetryAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/promote", PromoteAsync).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapJsonPost("/{id}/cancel", CancelAsync).ProducesProblem(StatusCodes.Status409Conflict);
    }

    [EndpointSummary("List jobs")]
    [EndpointDescription("Of one state or of all, a page at a time: next to run first, or newest finished first. Secrets show as ***.")]
    private static async Task<Ok<Page<JobView>>> ListAsync(
        [Description(Name)] string name,
        [Description("active, waiting, prioritized, delayed, waiting-children, failed or completed. Left out: all, in this order.")] string? state,
        [AsParameters] PageQuery page,
        IJobQueues queues,
        CancellationToken cancellationToken)
    {
        var only = WireNames.Parse("state", state, JobListing.States, WireNames.Of);
        var found = await JobListing.ReadAsync(queues.Find(name), only, page.Position, page.Size, cancellationToken)
            .ConfigureAwait(false);
        return TypedResults.Ok(new Page<JobView>([.. found.Items.Select(JobView.Of)], found.Next));
    }

    [EndpointSummary("Read a job")]
    [EndpointDescription("Its data, options, state and outcome. Secrets show as ***.")]
    private static async Task<Ok<JobView>> ReadAsync(
        [Description(Name)] string name, [Description(Id)] string id, IJobQueues queues, CancellationToken cancellationToken) =>
        TypedResults.Ok(JobView.Of(await FindAsync(queues.Find(name), id, cancellationToken).ConfigureAwait(false)));

    [EndpointSummary("Remove a job")]
    [EndpointDescription("Not while it is being processed. An e-mail or delivery behind it stays in its log.")]
    private static async Task<NoContent> RemoveAsync(
        [Description(Name)] string name, [Description(Id)] string id, IJobQueues queues, CancellationToken cancellationToken)
    {
        var queue = queues.Find(name);
        var job = await FindAsync(queue, id, cancellationToken).ConfigureAwait(false);
        return await queue.RemoveAsync(job.Id, cancellationToken).ConfigureAwait(false)
            ? TypedResults.NoContent()
            : throw ProblemException.Conflict(
                $"Job '{id}' of queue '{name}', or a child of it, is being processed. Remove it when it has finished.");
    }

    [EndpointSummary("Run a finished job again")]
    [EndpointDescription("A failed or completed one.")]
    private static async Task<Ok<JobView>> RetryAsync(
        [Description(Name)] string name, [Description(Id)] string id, IJobQueues queues, CancellationToken cancellationToken)
    {
        var queue = queues.Find(name);
        await queue.RetryAsync(JobId.Parse(id), cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(JobView.Of(await FindAsync(queue, id, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("Run a delayed job now")]
    [EndpointDescription("It no longer waits for its time.")]
    private static async Task<Ok<JobView>> PromoteAsync(
        [Description(Name)] string name, [Description(Id)] string id, IJobQueues queues, CancellationToken cancellationToken)
    {
        var queue = queues.Find(name);
        await queue.PromoteAsync(JobId.Parse(id), cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(JobView.Of(await FindAsync(queue, id, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("Cancel a job")]
    [EndpointDescription(
        "'cancelled': it was waiting and never starts. 'requested': it runs, and a Jamail worker tells it to stop within a second.")]
    private static async Task<Ok<CancelView>> CancelAsync(
        [Description(Name)] string name,
        [Description(Id)] string id,
        JsonBody<CancelRequest> body,
        IJobQueues queues,
        CancellationToken cancellationToken)
    {
        var fields = new RequiredFields();
        var reason = fields.Text("reason", string.IsNullOrWhiteSpace(body.Value.Reason) ? null : body.Value.Reason);
        fields.ThrowIfMissing();
        var then = WireNames.Parse("then", body.Value.Then, Enum.GetValues<AfterCancel>(), WireNames.Of) ?? AfterCancel.Fail;
        var result = await queues.Find(name).CancelAsync(JobId.Parse(id), reason, then, cancellationToken).ConfigureAwait(false);
        return result != JobCancelResult.AlreadyFinished
            ? TypedResults.Ok(new CancelView(id, WireNames.Of(result)))
            : throw ProblemException.Conflict($"Job '{id}' of queue '{name}' has ended already.");
    }

    private static async Task<JobDetails> FindAsync(IJobQueueInspector queue, string id, CancellationToken cancellationToken) =>
        await queue.TryGetJobAsync(JobId.Parse(id), cancellationToken).ConfigureAwait(false)
        ?? throw ProblemException.NotFound("job", id, $"Queue '{queue.Name}' never had it, or no longer keeps it.");
}
