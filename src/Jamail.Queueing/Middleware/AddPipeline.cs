namespace Jamail.Queueing;

/// <summary>The middleware around adds, in the order it was registered.</summary>
/// <param name="middleware">The first is outermost; at least one.</param>
internal sealed class AddPipeline(IReadOnlyList<IJobAddMiddleware> middleware)
{
    public Task<JobId> RunAsync(JobAddition job, NextAdd add, CancellationToken cancellationToken)
    {
        var next = add;
        for (var index = middleware.Count - 1; index >= 0; index--)
        {
            var (current, inner) = (middleware[index], next);
            next = (changed, token) => current.AddAsync(changed, inner, token);
        }

        return next(job, cancellationToken);
    }

    /// <summary>
    /// Takes jobs through the middleware one after the other, sends those that arrived together, and then lets the middleware
    /// end. What it throws on the way there keeps all of them from being sent.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="send">Gets for each job what arrived, null where the middleware answered itself; answers for each.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<AddedJob>> RunManyAsync(
        IReadOnlyList<JobAddition> jobs,
        Func<IReadOnlyList<JobAddition?>, Task<IReadOnlyList<AddedJob?>>> send,
        CancellationToken cancellationToken)
    {
        var stops = new List<AddStop>(jobs.Count);
        var ways = new List<Task<JobId>>(jobs.Count);
        try
        {
            var arrived = new JobAddition?[jobs.Count];
            for (var index = 0; index < jobs.Count; index++)
            {
                var stop = new AddStop();
                stops.Add(stop);
                ways.Add(RunAsync(jobs[index], stop.WaitAsync, cancellationToken));
                await Task.WhenAny(stop.Reached, ways[index]).ConfigureAwait(false);
                if (stop.Reached.IsCompleted)
                {
                    arrived[index] = await stop.Reached.ConfigureAwait(false);
                }
                else
                {
                    await ways[index].ConfigureAwait(false);
                }
            }

            var added = await send(arrived).ConfigureAwait(false);
            for (var index = 0; index < jobs.Count; index++)
            {
                if (added[index] is { } answer)
                {
                    stops[index].Answer(answer);
                }
            }
        }
        catch
        {
            stops.ForEach(stop => stop.GiveUp());
            await ((Task)Task.WhenAll(ways)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await Task.WhenAll(ways.Select(ResultAsync)).ConfigureAwait(false);
    }

    private static async Task<AddedJob> ResultAsync(Task<JobId> way)
    {
        try
        {
            return new AddedJob(await way.ConfigureAwait(false), null);
        }
        catch (JobQueueException refusal)
        {
            return new AddedJob(null, refusal);
        }
    }
}
