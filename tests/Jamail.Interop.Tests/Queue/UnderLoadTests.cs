using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>What happens to many jobs in flight when a process dies or Redis stands still.</summary>
public sealed class UnderLoadTests : InteropTest
{
    private const int Jobs = 5000;

    [Theory, MemberData(nameof(Proof.Rounds), 1, 20, MemberType = typeof(Proof))]
    public async Task A_worker_killed_while_200_jobs_at_a_time_rush_through_costs_those_in_flight_one_stall_and_no_job(int _)
    {
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var victim = await JamailHost.WorkInChildAsync(Redis, QueueName, Busy(lockSeconds: 5));

        // Without the last ones, which wait for a key, all could be done before it is seen that some are.
        var hold = $"{QueueName}-hold";
        var jobs = await AddAsync(producer, hold);
        await Eventually.True(async () => (await producer.Inspector.GetCountsAsync()).Completed > 500, "a part to complete");
        await victim.KillAsync();
        Assert.InRange((await producer.Inspector.GetCountsAsync()).Completed, 500, Jobs - 1);
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(10));

        await using var heir = await JamailHost.WorkInChildAsync(Redis, QueueName, Busy(lockSeconds: 60));
        await AllCompletedAsync(producer);

        var runs = (await RunsAsync()).ToLookup(run => run.JobId);
        var stalls = 0;
        foreach (var id in jobs)
        {
            var job = (await producer.Inspector.TryGetJobAsync(id))!;
            Assert.Equal((1, job.AttemptsMade + job.StalledCount), (job.AttemptsMade, job.AttemptsStarted));
            Assert.InRange(job.StalledCount, 0, 1);
            stalls += job.StalledCount;

            // A job that died between its fetch and its start has a stall and no run of it.
            Assert.InRange(runs[id.Value].Count(), 1, job.AttemptsStarted);
        }

        Proof.Note("Worker killed under load, 200 at a time, 5,000 jobs: all complete; stalls of those in flight", "stalls", stalls);
    }

    [Fact]
    public async Task Redis_that_stands_still_for_five_seconds_loses_nothing_repeats_nothing_and_goes_on_at_once()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var producer = await JamailHost.ProduceAsync(redis, QueueName);
        await using var host = await JamailHost.WorkAsync(
            redis, QueueName, Worker(QueueName, "Concurrency", 200), Worker(QueueName, "LockDuration", TimeSpan.FromMinutes(5)));
        await AddAsync(producer);
        await Eventually.True(async () => (await producer.Inspector.GetCountsAsync()).Completed > 500, "a part to complete");

        redis.Pause();
        await Task.Delay(TimeSpan.FromSeconds(5));
        redis.Resume();
        var before = (await producer.Inspector.GetCountsAsync()).Completed;
        await Eventually.True(
            async () => (await producer.Inspector.GetCountsAsync()).Completed >= Math.Min(Jobs, before + 400),
            "jobs to complete again, and not only when their locks end");
        await AllCompletedAsync(producer);

        var runs = await RunRecord.ReadAsync(redis.Database, QueueName);
        Assert.Equal(Jobs, runs.Count);
        Assert.Equal(Jobs, runs.Select(run => run.JobId).Distinct().Count());
    }

    private (string, string)[] Busy(int lockSeconds) =>
    [
        Worker(QueueName, "Concurrency", 200), Worker(QueueName, "LockDuration", TimeSpan.FromSeconds(lockSeconds)),
        Worker(QueueName, "StalledInterval", TimeSpan.FromSeconds(1)),
    ];

    private static async Task<IReadOnlyList<JobId>> AddAsync(JamailHost producer, string? hold = null)
    {
        var options = new JobOptions { RemoveOnComplete = JobRetention.Forever };
        var added = await producer.Queue.AddManyAsync(
            Enumerable.Range(0, Jobs).Select(number => new NewJob<Work>(
                "work", new Work(number, Ms: 20, Hold: number < Jobs - 500 ? null : hold), options)));
        return [.. added.Select(one => one.Id!.Value)];
    }

    private static async Task AllCompletedAsync(JamailHost producer) =>
        await Eventually.Equal(
            Jobs,
            async () => (int)(await producer.Inspector.GetCountsAsync()).Completed,
            "completed jobs",
            TimeSpan.FromSeconds(120));
}
