using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>Does nothing, waits, or fails, as the run says.</summary>
internal sealed class BenchProcessor(BenchWork work) : IJobProcessor<BenchPayload>
{
    private static readonly Task<JobOutcome> Done = Task.FromResult<JobOutcome>(new JobOutcome.Completed());

    public Task<JobOutcome> ProcessAsync(Job<BenchPayload> job, CancellationToken cancellationToken)
    {
        work.Started();
        return job.Attempt <= work.Failures || work.Wait > TimeSpan.Zero ? WorkAsync(job, cancellationToken) : Done;
    }

    private async Task<JobOutcome> WorkAsync(Job<BenchPayload> job, CancellationToken cancellationToken)
    {
        if (work.Wait > TimeSpan.Zero)
        {
            await Task.Delay(work.Wait, cancellationToken);
        }

        if (job.Attempt <= work.Failures)
        {
            throw new InvalidOperationException("This attempt fails on purpose.");
        }

        return new JobOutcome.Completed();
    }
}
