namespace Jamail.Queueing;

/// <summary>A job in the hands of a loop of the host's own. It is to be settled once.</summary>
public sealed class FetchedJob
{
    private readonly RunningJob _job;
    private readonly FetchedJobs _settling;

    internal FetchedJob(RunningJob job, FetchedJobs settling)
    {
        _job = job;
        _settling = settling;
        Job = job.Present(new RawJson(job.Stored.Data));
    }

    /// <summary>The job with its stored payload.</summary>
    public Job<RawJson> Job { get; }

    /// <summary>Whether the lock surely still holds.</summary>
    public bool HoldsLock => _job.HoldsLock;

    /// <summary>The job with its payload as a type.</summary>
    /// <typeparam name="TPayload">What the job carries.</typeparam>
    /// <returns>The job.</returns>
    /// <exception cref="System.Text.Json.JsonException">The payload is no <typeparamref name="TPayload"/>.</exception>
    public Job<TPayload> As<TPayload>() => _job.Present(
        System.Text.Json.JsonSerializer.Deserialize<TPayload>(_job.Stored.Data, JobPayloadJson.Options)!);

    /// <summary>Keeps the lock for another <see cref="JobWorkerOptions.LockDuration"/> from now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when the lock is lost: another may have the job, so stop.</returns>
    public Task<bool> RenewAsync(CancellationToken cancellationToken = default) => _settling.RenewAsync(_job, cancellationToken);

    /// <summary>Settles the job.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis has settled it.</returns>
    /// <exception cref="JobQueueException">
    /// The lock is lost or the job is gone; with <see cref="JobQueueError.Unknown"/> read its state before doing anything again.
    /// </exception>
    public Task SettleAsync(JobOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return _settling.SettleAsync(_job, runner => runner.SettlementOfAsync(_job, outcome), cancellationToken);
    }

    /// <summary>Settles the job as failed: tried again if attempts are left.</summary>
    /// <param name="exception">Stored as its failed reason and stack trace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis has settled it.</returns>
    /// <exception cref="JobQueueException">As for <see cref="SettleAsync(JobOutcome, CancellationToken)"/>.</exception>
    public Task FailAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return _settling.SettleAsync(_job, runner => Task.FromResult(runner.SettlementOf(_job, exception)), cancellationToken);
    }
}
