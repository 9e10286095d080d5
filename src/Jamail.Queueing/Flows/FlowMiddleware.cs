namespace Jamail.Queueing;

/// <summary>Takes the jobs of flows through the middleware around adds, parents before children.</summary>
internal static class FlowMiddleware
{
    /// <param name="pipeline">The middleware.</param>
    /// <param name="flows">The flows.</param>
    /// <param name="add">Adds them as the middleware changed them.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async Task<IReadOnlyList<FlowResult>> RunAsync(
        AddPipeline pipeline,
        FlowJob[] flows,
        Func<IReadOnlyList<FlowJob>, Task<IReadOnlyList<FlowResult>>> add,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<FlowResult> results = [];
        JobAddition[] jobs = [.. flows.SelectMany(All).Select(Addition)];
        await pipeline.RunManyAsync(
            jobs,
            async arrived =>
            {
                var next = 0;
                results = await add([.. flows.Select(flow => Change(flow, () => arrived[next++]))]).ConfigureAwait(false);
                return [.. flows.Zip(results, Answers).SelectMany(answers => answers)];
            },
            cancellationToken).ConfigureAwait(false);
        return results;
    }

    private static IEnumerable<FlowJob> All(FlowJob flow) => [flow, .. flow.Children.SelectMany(All)];

    private static JobAddition Addition(FlowJob job) =>
        new(job.Queue, job.Name, job.Payload, job.Payload?.GetType() ?? typeof(object), job.Options);

    private static FlowJob Change(FlowJob job, Func<JobAddition?> next)
    {
        var changed = next()
            ?? throw new InvalidOperationException(
                $"A middleware did not hand on job '{job.Name}' for queue '{job.Queue}' of a flow, which would leave a hole in it; call next.");
        return job with
        {
            Name = changed.Name,
            Payload = changed.Payload,
            Options = changed.Options,
            Children = [.. job.Children.Select(child => Change(child, next))],
        };
    }

    private static IEnumerable<AddedJob?> Answers(FlowJob flow, FlowResult result) =>
        result.Flow is { } added
            ? Ids(added).Select(id => new AddedJob(id, null))
            : All(flow).Select(_ => new AddedJob(null, result.Error));

    private static IEnumerable<JobId> Ids(AddedFlow flow) => [flow.Job.Id, .. flow.Children.SelectMany(Ids)];
}
