namespace Jamail.Queueing;

/// <summary>Encodes jobs and hands them to the coalescer. Everything that can be refused here is refused before it is sent.</summary>
internal sealed class JobQueue(QueueName name, AddCoalescer adds, TimeProvider clock) : IJobQueue
{
    private const int SliceJobs = AddCoalescer.MaxJobsPerCall;
    private const int MaxOpenJobs = 4 * SliceJobs;

    public QueueName Name { get; } = name;

    public Task<JobId> AddAsync<TPayload>(
        string name, TPayload payload, JobOptions? options = null, CancellationToken cancellationToken = default)
    {
        var job = Encode(name, payload, options);
        cancellationToken.ThrowIfCancellationRequested();
        var add = new SingleAdd();
        adds.Enqueue(job, add);
        return cancellationToken.CanBeCanceled ? add.WaitAsync(cancellationToken) : add.Task;
    }

    public async Task<IReadOnlyList<AddedJob>> AddManyAsync<TPayload>(
        IEnumerable<NewJob<TPayload>> jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        JobToAdd[] all = [.. jobs.Select(job => Encode(job.Name, job.Payload, job.Options))];
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

    private JobToAdd Encode<TPayload>(string name, TPayload payload, JobOptions? options)
    {
        JobOptionsRules.Check(name, options);
        var data = JobPayloadJson.Encode(payload);
        JobOptionsRules.CheckSize(data.Length, options);
        return new JobToAdd
        {
            Id = options?.Id?.Value ?? "",
            Name = name,
            Data = data,
            OptionsJson = JobOptionsJson.Encode(options),
            Timestamp = (options?.Timestamp ?? clock.GetUtcNow()).ToUnixTimeMilliseconds(),
            DelayMs = (long)(options?.Delay?.TotalMilliseconds ?? 0),
            Priority = options?.Priority ?? 0,
            Lifo = options?.Lifo ?? false,
            Deduplication = options?.Deduplication,
        };
    }
}
