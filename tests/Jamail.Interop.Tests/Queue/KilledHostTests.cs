using System.Globalization;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>kill -9 of a whole host process, with real locks and stalls (shortened by settings).</summary>
public sealed class KilledHostTests : InteropTest
{
    private const int Running = 200;

    [Theory, MemberData(nameof(Proof.Rounds), 1, 20, MemberType = typeof(Proof))]
    public async Task Two_hundred_running_jobs_of_a_killed_host_end_as_their_attempts_say(int _)
    {
        var hold = $"{QueueName}-hold";
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var victim = await JamailHost.WorkInChildAsync(Redis, QueueName, [.. Fast(Running), ("Work:Name", "victim")]);

        // A third succeeds, a third needs its second attempt, a third has one attempt and fails in it.
        var jobs = await AddAsync(producer, Running, i => (new Work(i, i % 3 == 0 ? 0 : 1, Hold: hold), i % 3 == 2 ? 1 : 3));
        await Eventually.Equal(Running, async () => (await RunsAsync()).Count, "runs");
        await victim.KillAsync();
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(10));

        await using var heir = await JamailHost.WorkInChildAsync(Redis, QueueName, [.. Fast(50, lockSeconds: 60), ("Work:Name", "heir")]);
        await AllEndedAsync(producer, Running);

        var runs = (await RunsAsync()).ToLookup(run => run.JobId);
        for (var i = 0; i < Running; i++)
        {
            var job = (await producer.Inspector.TryGetJobAsync(jobs[i]))!;
            var (state, attempts) = (i % 3) switch { 0 => (JobState.Completed, 1), 1 => (JobState.Completed, 2), _ => (JobState.Failed, 1) };
            Assert.Equal((state, attempts, 1), (job.State, job.AttemptsMade, job.StalledCount));
            Assert.Equal(job.AttemptsMade + job.StalledCount, runs[jobs[i].Value].Count());
            Assert.Equal(job.AttemptsStarted, runs[jobs[i].Value].Count());
            Assert.Equal("victim", runs[jobs[i].Value].First().Worker);
        }

        Proof.Note("Host killed (kill -9) with 200 jobs running: all end as their attempts say", "runs", runs.Sum(run => run.Count()));
    }

    [Fact]
    public async Task A_job_whose_worker_is_killed_more_often_than_allowed_fails_with_the_reason_node_gives()
    {
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        var job = (await AddAsync(producer, 1, _ => (new Work(Hold: $"{QueueName}-never"), 5)))[0];
        for (var kills = 0; kills < 2; kills++)
        {
            await using var victim = await JamailHost.WorkInChildAsync(Redis, QueueName, Fast(1));
            await Eventually.Equal(kills + 1, async () => (await RunsAsync()).Count, "runs");
            await victim.KillAsync();
        }

        await using var heir = await JamailHost.WorkAsync(Redis, QueueName, Fast(1, lockSeconds: 60));
        var failed = await FinishedAsync(producer, job.Value, JobState.Failed);

        Assert.Equal("job stalled more than allowable limit", failed.FailedReason);
        Assert.Equal((2, 2), (failed.StalledCount, (await RunsAsync()).Count));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Jobs_of_a_killed_jamail_host_are_finished_by_node(string major)
    {
        const int Count = 20;
        var hold = $"{QueueName}-hold";
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var victim = await JamailHost.WorkInChildAsync(Redis, QueueName, Fast(Count));
        await AddAsync(producer, Count, i => (new Work(i, Hold: hold), 1));
        await Eventually.Equal(Count, async () => (await RunsAsync()).Count, "runs");
        await victim.KillAsync();
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(10));

        await using var node = await NodeClient.StartAsync(major, Redis);
        await node.CallAsync("work", QueueName, "heir", new { concurrency = 5, stalledInterval = 1000, lockDuration = 60_000 });

        await Eventually.Equal(Count, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs");
        Assert.Equal(Count, (await RunsAsync()).Count(run => run.Worker == "heir"));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Jobs_of_a_killed_node_worker_are_finished_by_jamail(string major)
    {
        const int Count = 20;
        var hold = $"{QueueName}-hold";
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var node = await NodeClient.StartAsync(major, Redis);
        await node.CallAsync("work", QueueName, "victim", new { concurrency = Count, lockDuration = 5000, stalledInterval = 1000 });
        await AddAsync(producer, Count, i => (new Work(i, Hold: hold), 1));
        await Eventually.Equal(Count, async () => (await RunsAsync()).Count, "runs");
        await node.KillAsync();
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(10));

        await using var heir = await JamailHost.WorkAsync(Redis, QueueName, [.. Fast(5, lockSeconds: 60), ("Work:Name", "heir")]);

        await Eventually.Equal(Count, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs");
        Assert.Equal(Count, (await RunsAsync()).Count(run => run.Worker == "heir"));
    }

    [Fact]
    public async Task A_host_that_is_asked_to_stop_ends_its_jobs_first()
    {
        const int Count = 20;
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var host = await JamailHost.WorkInChildAsync(Redis, QueueName, Fast(Count));
        await AddAsync(producer, Count, i => (new Work(i, Ms: 1500), 1));
        await Eventually.Equal(Count, async () => (await RunsAsync()).Count, "runs");

        Assert.Equal(0, await host.TerminateAsync());

        Assert.Equal(Count, (await producer.Inspector.GetCountsAsync()).Completed);
    }

    // The locks of those that die end soon. Those that take over keep theirs, however slow the machine is.
    private (string, string)[] Fast(int concurrency, int lockSeconds = 5) =>
    [
        Worker(QueueName, "Concurrency", concurrency), Worker(QueueName, "LockDuration", TimeSpan.FromSeconds(lockSeconds)),
        Worker(QueueName, "StalledInterval", TimeSpan.FromSeconds(1)),
    ];

    private static async Task<IReadOnlyList<JobId>> AddAsync(JamailHost producer, int count, Func<int, (Work Work, int Attempts)> job)
    {
        var added = await producer.Queue.AddManyAsync(Enumerable.Range(0, count).Select(job).Select(next => new NewJob<Work>(
            "work", next.Work, new JobOptions { Attempts = next.Attempts, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(50)) })));
        return [.. added.Select(one => one.Id!.Value)];
    }

    private static async Task AllEndedAsync(JamailHost producer, int count) =>
        await Eventually.Satisfies(
            () => producer.Inspector.GetCountsAsync(),
            counts => counts.Completed + counts.Failed == count,
            string.Create(CultureInfo.InvariantCulture, $"{count} jobs to end"),
            TimeSpan.FromSeconds(120));
}
