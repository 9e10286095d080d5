using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Observability;

public sealed class MetricsTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task An_attempt_is_measured_with_its_outcome_and_a_wait_without_the_intended_delay()
    {
        using var measures = new Measures(_queue);
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            await Task.Delay(50, cancellationToken);
            return job.Attempt == 1 ? throw new InvalidOperationException("once") : Done;
        });
        var id = await host.Queue.AddAsync("resize", 1, new JobOptions
        {
            Attempts = 2, Timestamp = DateTimeOffset.UtcNow.AddHours(-1), Delay = TimeSpan.FromHours(1),
        });
        await host.StateWhenAsync(id, JobState.Completed);
        await Eventually.Equal(2, () => measures.Of(QueueingTelemetry.RunTime).Count, "attempts measured");

        var (wait, tags) = Assert.Single(measures.Of(QueueingTelemetry.WaitTime));
        Assert.InRange(wait, 0, 1800);
        Assert.Equal("resize", tags[QueueingTelemetry.JobTag]);
        var runs = measures.Of(QueueingTelemetry.RunTime);
        Assert.Equal(["retried", "completed"], runs.Select(run => run.Tags[QueueingTelemetry.OutcomeTag]));
        Assert.All(runs, run => Assert.True(run.Value >= 0.045, $"{run.Value} s"));
        Assert.Equal(1, Assert.Single(measures.Of(QueueingTelemetry.Retries)).Value);
        Assert.Contains(measures.Of(QueueingTelemetry.GroupSize), group => (string?)group.Tags[QueueingTelemetry.ScriptTag] == "addJobs");
        Assert.Contains(measures.Of(QueueingTelemetry.GroupSize), group => (string?)group.Tags[QueueingTelemetry.ScriptTag] == "finishJobs");
        Assert.Contains(measures.Of(QueueingTelemetry.RoundTrip), trip => trip.Value > 0);
    }

    [Fact]
    public async Task What_waits_is_told_by_state_with_the_age_of_the_oldest()
    {
        using var measures = new Measures(_queue);
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddAsync("n", 1, new JobOptions { Timestamp = DateTimeOffset.UtcNow.AddMinutes(-10) });
        await host.Queue.AddAsync("n", 2, new JobOptions { Priority = 3 });
        await host.Queue.AddAsync("n", 3, new JobOptions { Delay = TimeSpan.FromHours(1) });

        await Eventually.True(
            () =>
            {
                measures.Observe();
                return Depth("waiting") == 1 && Depth("prioritized") == 1 && Depth("delayed") == 1;
            },
            "the depth of the queue");

        Assert.InRange(measures.Of(QueueingTelemetry.OldestWait)[^1].Value, 599, 900);
        Assert.Contains(measures.Of(QueueingTelemetry.CallsUnderWay), calls => calls.Value >= 0);

        double Depth(string state) => measures.Of(QueueingTelemetry.Depth)
            .LastOrDefault(depth => (string?)depth.Tags[QueueingTelemetry.StateTag] == state).Value;
    }

    [Fact]
    public async Task Lost_locks_stalls_and_late_renewals_are_measured()
    {
        using var measures = new Measures(_queue);
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                if (job.AttemptsStarted == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                return Done;
            },
            worker => (worker.LockDuration, worker.StalledInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500)));
        var id = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(id, JobState.Active);

        await RedisServer.Shared.Database.KeyDeleteAsync($"bull:{_queue}:{id}:lock");

        await host.StateWhenAsync(id, JobState.Completed);
        await Eventually.True(() => measures.Of(QueueingTelemetry.LocksLost).Count > 0, "the lost lock");
        await Eventually.True(() => measures.Of(QueueingTelemetry.Stalled).Count > 0, "the stall");
        measures.Observe();
        Assert.Contains(measures.Of(QueueingTelemetry.RenewalLateness), late => late.Value >= 0);
    }
}
