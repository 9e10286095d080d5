namespace Jamail.Queueing;

/// <summary>Adds and reads flows.</summary>
internal sealed class JobFlows : IJobFlows
{
    private const int MaxJobsPerCall = 1000;
    private const int MaxBytesPerCall = 1 << 20;
    private const int MaxDepth = 20;
    private const int MaxChildren = 1000;

    private readonly JobQueues _queues;
    private readonly QueueScripts _scripts;
    private readonly RedisConnections _connections;
    private readonly FlowEncoder _encoder;
    private readonly AddMiddleware _middleware;
    private readonly AddFlows _addFlows;
    private readonly FlowReader _reader;
    private readonly TimeProvider _clock;

    public JobFlows(
        IJobQueues queues,
        QueueScripts scripts,
        RedisConnections connections,
        JobEncoder encoder,
        AddMiddleware middleware,
        TimeProvider clock)
    {
        _queues = (JobQueues)queues;
        _scripts = scripts;
        _connections = connections;
        _encoder = new FlowEncoder(encoder);
        _middleware = middleware;
        _addFlows = new AddFlows(scripts.Runner);
        _reader = new FlowReader(queues, key => ChildrenOf(key.Queue, key.Id));
        _clock = clock;
    }

    public async Task<AddedFlow> AddAsync(FlowJob flow, CancellationToken cancellationToken = default)
    {
        var result = (await AddManyAsync([flow], cancellationToken).ConfigureAwait(false))[0];
        return result.Flow ?? throw result.Error!;
    }

    public async Task<IReadOnlyList<FlowResult>> AddManyAsync(
        IEnumerable<FlowJob> flows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(flows);
        return _middleware.Pipeline is { } pipeline
            ? await FlowMiddleware.RunAsync(pipeline, [.. flows], changed => AddAsync(changed, cancellationToken), cancellationToken)
                .ConfigureAwait(false)
            : await AddAsync(flows, cancellationToken).ConfigureAwait(false);
    }

    public async Task<FlowTree?> TryReadAsync(
        QueueName queue, JobId id, int depth = 10, int maxChildren = 20, CancellationToken cancellationToken = default)
    {
        if (depth is < 1 or > MaxDepth)
        {
            throw new ArgumentOutOfRangeException(nameof(depth), depth, $"The depth must be 1 to {MaxDepth}.");
        }

        if (maxChildren is < 1 or > MaxChildren)
        {
            throw new ArgumentOutOfRangeException(nameof(maxChildren), maxChildren, $"The number of children must be 1 to {MaxChildren}.");
        }

        var tree = await _reader.ReadAsync(new JobKey(queue, id), depth, maxChildren, cancellationToken).ConfigureAwait(false);
        return tree.Job is null ? null : tree;
    }

    public IJobChildren ChildrenOf(QueueName queue, JobId id) =>
        new JobChildren(_scripts.KeysOf(queue), id.Value, _scripts.Runner, CallsFor(queue));

    private async Task<IReadOnlyList<FlowResult>> AddAsync(IEnumerable<FlowJob> flows, CancellationToken cancellationToken)
    {
        FlowToAdd[] all = [.. flows.Select(_encoder.Encode)];
        if (all.Length == 0)
        {
            return [];
        }

        bool isCluster;
        try
        {
            isCluster = await CallsFor(all[0].Shape.Job.Queue).RunAsync(_ => _queues.Slots.AreUsedAsync(), cancellationToken).ConfigureAwait(false);
        }
        catch (JobQueueException fault)
        {
            return [.. all.Select(flow => new FlowResult(null, FlowErrors.Of(flow, fault)))];
        }

        var results = new List<FlowResult>(all.Length);
        for (var first = 0; first < all.Length;)
        {
            if (isCluster && FlowErrors.OfSlots(all[first]) is { } refusal)
            {
                results.Add(new FlowResult(null, refusal));
                first++;
                continue;
            }

            var last = first + 1;
            var (jobs, bytes) = (all[first].Nodes.Count, all[first].Weight);
            while (last < all.Length
                && (!isCluster || IsBeside(all[first], all[last]))
                && (jobs += all[last].Nodes.Count) <= MaxJobsPerCall
                && (bytes += all[last].Weight) <= MaxBytesPerCall)
            {
                last++;
            }

            results.AddRange(await SendAsync(all[first..last], cancellationToken).ConfigureAwait(false));
            first = last;
        }

        return results;
    }

    private static bool IsBeside(FlowToAdd flow, FlowToAdd other) =>
        FlowErrors.OfSlots(other) is null && HashSlots.Of(other.Nodes[0].Prefix) == HashSlots.Of(flow.Nodes[0].Prefix);

    private async Task<IReadOnlyList<FlowResult>> SendAsync(FlowToAdd[] flows, CancellationToken cancellationToken)
    {
        var queue = flows[0].Shape.Job.Queue;
        FlowRefusal?[] refused;
        try
        {
            refused = await CallsFor(queue).RunAsync(
                async _ =>
                {
                    foreach (var name in flows.SelectMany(flow => flow.Nodes).Select(node => node.Key.Queue).Distinct())
                    {
                        await _queues.MetaOf(name).EnsureAsync(cancellationToken).ConfigureAwait(false);
                    }

                    return await _addFlows.RunAsync(flows, _clock.GetUtcNow().ToUnixTimeMilliseconds()).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (JobQueueException fault)
        {
            return [.. flows.Select(flow => new FlowResult(null, FlowErrors.Of(flow, fault)))];
        }

        return [.. flows.Select((flow, index) => refused[index] is { } why
            ? new FlowResult(null, FlowErrors.Of(flow, why))
            : new FlowResult(flow.Shape, null))];
    }

    private RedisCalls CallsFor(QueueName queue) => new(queue, _connections, _clock);
}
