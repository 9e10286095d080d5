using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class BeforeWorkTests
{
    [Fact]
    public async Task A_worker_takes_no_job_before_what_was_to_run_first_has_succeeded()
    {
        var queue = QueueHost.NewName();
        var allowed = false;
        await using var host = await QueueHost.StartAsync(
            queue,
            (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed()),
            configure: queueing => queueing.AddQueue(queue).BeforeWork((_, _) =>
                Volatile.Read(ref allowed) ? Task.CompletedTask : throw new InvalidOperationException("The cache is cold.")));
        var id = await host.Queue.AddAsync("n", 1);
        await Eventually.True(
            () => host.Log.All.Any(line => line.Id == 1309 && line.Text.Contains("The cache is cold.", StringComparison.Ordinal)),
            "the log to say why");
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));

        Volatile.Write(ref allowed, true);

        await host.StateWhenAsync(id, JobState.Completed);
    }
}
