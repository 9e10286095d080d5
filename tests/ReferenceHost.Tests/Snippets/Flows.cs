using Jamail.Queueing;

namespace ReferenceHost.Tests.Snippets;

public sealed record Order(string Id);

internal sealed record LabelRequest(string OrderId);

internal sealed record Label(string Url);

// snippet: add-flow
public sealed class Orders(IJobFlows flows)
{
    public async Task<JobId> ShipAsync(Order order, CancellationToken cancellationToken)
    {
        var flow = await flows.AddAsync(new FlowJob("orders", "ship", order)
        {
            Children =
            [
                new("images", "render-label", new LabelRequest(order.Id)),
                new("mail", "notify", order, new JobOptions { Attempts = 5, ChildFailure = ChildFailure.Ignore }),
            ],
        }, cancellationToken);
        return flow.Job.Id;
    }
}
// end

// snippet: flow-processor
internal sealed class ShipProcessor(IJobQueues queues) : IJobProcessor<Order>
{
    public async Task<JobOutcome> ProcessAsync(Job<Order> job, CancellationToken cancellationToken)
    {
        var children = await job.Children.CountAsync(cancellationToken);
        if (children.Total == 0)
        {
            await queues.Get("images").AddAsync(
                "render-label", new LabelRequest(job.Payload.Id), new JobOptions { Parent = job.Key }, cancellationToken);
            return new JobOutcome.WaitingForChildren();
        }

        var labels = await job.Children.GetValuesAsync<Label>(cancellationToken);
        return new JobOutcome.Completed(labels.Values.Single()!.Url);
    }
}
// end
