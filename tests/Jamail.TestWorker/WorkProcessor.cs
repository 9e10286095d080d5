using System.Globalization;
using Jamail.Queueing;

namespace Jamail.TestWorker;

/// <summary>Records the run, waits as told, fails as often as told.</summary>
public sealed class WorkProcessor(WorkerIdentity identity) : IJobProcessor<Work>
{
    public async Task<JobOutcome> ProcessAsync(Job<Work> job, CancellationToken cancellationToken)
    {
        await new RunRecord(job.Id.Value, job.Attempt, identity.Name).WriteAsync(identity.Records, job.Queue.Value, cancellationToken);
        while (job.Payload.Hold is { } key && !await identity.Records.KeyExistsAsync(key))
        {
            await Task.Delay(200, cancellationToken);
        }

        await Task.Delay(job.Payload.Ms, cancellationToken);
        return job.Attempt > job.Payload.FailTimes
            ? new JobOutcome.Completed(new WorkResult(job.Payload.Number, identity.Name, job.Attempt))
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"planned failure {job.Attempt}"));
    }
}
