using System.Diagnostics;

namespace Jamail.Queueing;

/// <summary>Hands encoded jobs to the coalescer.</summary>
/// <param name="name">The queue.</param>
/// <param name="adds">Where jobs go.</param>
/// <param name="encoder">Makes jobs of what callers give.</param>
/// <param name="pipeline">The middleware; null when there is none.</param>
/// <param name="tracing">Makes spans.</param>
internal sealed class JobQueue(
    QueueName name, AddCoalescer adds, JobEncoder encoder, AddPipeline? pipeline, QueueingTracing tracing) : IJobQueue
{
    private const int SliceJobs = AddCoalescer.MaxJobsPerCall;
    private const int MaxOpenJobs = 4 * SliceJobs;

    public QueueName Name { get; } = name;

    public Task<JobId> AddAsync<TPayload>(
        string name, TPayload payload, JobOptions? options = null, CancellationToken cancellationToken = default) =>
        tracing.IsListenedTo
            ? AddTracedAsync(name, payload, options, cancellationToken)
            : AddUntracedAsync(name, payload, options, cancellationToken);

    public async Task<IReadOnlyList<AddedJob>> AddManyAsync<TPayload>(
        IEnumerable<NewJob<TPayload>> jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        NewJob<TPayload>[] wanted = [.. jobs];
        using var span = tracing.StartBulk(Name, wanted.Length);
        return pipeline is null
            ? await AddManyAsync(Array.ConvertAll(wanted, job => encoder.Encode(job.Name, job.Payload, job.Options)), cancellationToken)
                .ConfigureAwait(false)
            : await pipeline.RunManyAsync(
                [.. wanted.Select(job => new JobAddition(Name, job.Name, job.Payload, typeof(TPayload), job.Options))],
                arrived => AddArrivedAsync(arrived, cancellationToken),
                cancellationToken).ConfigureAwait(false);
    }

    private async Task<JobId> AddTracedAsync<TPayload>(
        string name, TPayload payload, JobOptions? options, CancellationToken cancellationToken)
    {
        using var span = tracing.StartAdd(Name, name);
        try
        {
            return await AddUntracedAsync(name, payload, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private Task<JobId> AddUntracedAsync<TPayload>(
        string name, TPayload payload, JobOptions? options, CancellationToken cancellationToken)
    {
        if (pipeline is not null)
        {
            return pipeline.RunAsync(
                new JobAddition(Name, name, payload, typeof(TPayload), options),
                (job, token) => AddAsync(encoder.Encode(job), token),
                cancellationToken);
        }

        return AddAsync(encoder.Encode(name, payload, options), cancellationToken);
    }

    private Task<JobId> AddAsync(JobToAdd job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var add = new SingleAdd();
        adds.Enqueue(job, add);
        return cancellationToken.CanBeCanceled ? add.WaitAsync(cancellationToken) : add.Task;
    }

    private async Task<IReadOnlyList<AddedJob?>> AddArrivedAsync(
        IReadOnlyList<JobAddition?> arrived, CancellationToken cancellationToken)
    {
        var added = await AddManyAsync([.. arrived.OfType<JobAddition>().Select(encoder.Encode)], cancellationToken).ConfigureAwait(false);
        var next = 0;
        return [.. arrived.Select(job => job is null ? null : added[next++])];
    }

    private async Task<IReadOnlyList<AddedJob>> AddManyAsync(JobToAdd[] all, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bulk = new BulkAdd(all.Length);
        var lane = adds.OpenLane();
        try
        {
            for (var index = 0; index < all.Length; index++)
            {
                // A few calls ahead is enough; a long bulk leaves room for others.
                if (index % SliceJobs == 0)
                {
                    await bulk.WaitUntilOpenAsync(all.Length - index + MaxOpenJobs - SliceJobs, cancellationToken)
                        .ConfigureAwait(false);
                }

                while (!adds.TryEnqueue(lane, all[index], bulk, index))
                {
                    if (bulk.Open == all.Length - index)
                    {
                        bulk.Refused(index, AddErrors.Busy(Name));
                        break;
                    }

                    await bulk.WaitUntilOpenAsync(Math.Max(all.Length - index, bulk.Open - SliceJobs), cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            await bulk.WaitUntilOpenAsync(0, cancellationToken).ConfigureAwait(false);
            return bulk.Results();
        }
        catch
        {
            bulk.Abandon();
            throw;
        }
        finally
        {
            adds.CloseLane(lane);
        }
    }
}
