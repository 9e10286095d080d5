namespace Jamail.Queueing;

/// <summary>Reads a job with its children and theirs, generation by generation.</summary>
internal sealed class FlowReader(IJobQueues queues, Func<JobKey, IJobChildren> childrenOf)
{
    private static readonly ChildState[] States =
        [ChildState.Unfinished, ChildState.Failed, ChildState.Ignored, ChildState.Completed];

    public async Task<FlowTree> ReadAsync(JobKey key, int depth, int maxChildren, CancellationToken cancellationToken)
    {
        var job = queues.Inspect(key.Queue).TryGetJobAsync(key.Id, cancellationToken);
        var counts = await childrenOf(key).CountAsync(cancellationToken).ConfigureAwait(false);
        var tree = new FlowTree(key, await job.ConfigureAwait(false)) { ChildCounts = counts };
        if (depth == 1 || counts.Total == 0)
        {
            return tree;
        }

        var keys = await ChildrenAsync(key, maxChildren, cancellationToken).ConfigureAwait(false);
        return tree with
        {
            Children = await Task.WhenAll(keys.Select(child => ReadAsync(child, depth - 1, maxChildren, cancellationToken)))
                .ConfigureAwait(false),
        };
    }

    // An ignored child that failed once and was run again stands in two places.
    private async Task<IReadOnlyCollection<JobKey>> ChildrenAsync(JobKey key, int most, CancellationToken cancellationToken)
    {
        var children = new OrderedDictionary<JobKey, bool>();
        foreach (var state in States)
        {
            string? cursor = null;
            do
            {
                var page = await childrenOf(key).GetPageAsync(state, cursor, most, cancellationToken).ConfigureAwait(false);
                foreach (var child in page.Items.Where(_ => children.Count < most))
                {
                    children.TryAdd(child.Key, true);
                }

                cursor = page.Next;
            }
            while (cursor is not null && children.Count < most);
        }

        return children.Keys;
    }
}
