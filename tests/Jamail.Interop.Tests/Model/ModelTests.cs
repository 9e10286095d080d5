using System.Globalization;
using Jamail.Interop.Tests.Differential;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Model;

/// <summary>C# and Node clients of both majors do random things to one queue while workers of all three run, and one is killed.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    private const int Steps = 250;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private static readonly object NodeWorker = new
    {
        concurrency = 8, lockDuration = 5_000, stalledInterval = Interval.TotalMilliseconds, maxStalledCount = 3, drainDelay = 1,
    };

    [Fact]
    public async Task Whatever_clients_do_every_job_is_in_one_state_and_runs_as_often_as_it_says()
    {
        output.WriteLine(Seeds.Line);
        await using var redis = await RedisServer.StartNewAsync();
        for (var run = 0; run < Proof.Size(1, 25); run++)
        {
            await RunAsync(redis, run);
        }
    }

    private async Task RunAsync(RedisServer redis, int run)
    {
        var queue = $"model-{run}";
        var random = new Random(Seeds.Of("model", run));
        await using var five = await NodeClient.StartAsync(NodeClient.Five, redis);
        await using var six = await NodeClient.StartAsync(NodeClient.Six, redis);
        await using var jamail = await JamailHost.ProduceAsync(redis, queue);
        var client = new RandomClient(random, queue, jamail, five, six);
        var returned = await LiveAsync(redis, queue, random, client, five, six);

        // In the middle of the work: workers that stop leave what they have not begun where it is.
        var history = $"seed {Seeds.Seed}, run {run}:\n{string.Join('\n', client.History)}";
        var middle = QueueState.Read(redis.Database, redis.Server, queue);
        output.WriteLine(string.Join(", ", middle.Ids.Select(state => $"{state.Value.Count} {state.Key}")));
        Assert.True(middle.Problems.Count == 0, string.Join('\n', middle.Problems) + "\n" + history);

        await using (await JamailHost.WorkAsync(redis, queue, OfWorker(queue, "heir")))
        {
            await six.CallAsync("work", queue, "last", NodeWorker);
            await Eventually.True(
                async () => Open(await jamail.Inspector.GetCountsAsync()) == 0, $"all jobs to end; {history}", TimeSpan.FromMinutes(2));
            await six.CallAsync("stopWork", "last");
        }

        var end = QueueState.Read(redis.Database, redis.Server, queue);
        Assert.True(end.Problems.Count == 0, string.Join('\n', end.Problems) + "\n" + history);
        await SameCountsAsync(end, jamail, five, six, queue);
        var wrong = WrongRuns(end, await RunRecord.ReadAsync(redis.Database, queue), returned)
            .Select(wrong => $"{wrong.Text}\n{string.Join('\n', QueueEvents.Read(redis.Database, queue).Of(wrong.Id))}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong) + "\n" + history);
        output.WriteLine($"{client.History.Count} steps, {end.Jobs.Count} jobs left, {end.Ids["failed"].Count} of them failed; {returned.Count} put back at the stop");
        Proof.Note("Random calls of C# and both majors on one queue, a worker killed: every job in one state, runs as counted", "jobs", end.Jobs.Count);
        Assert.True(end.Jobs.Count > Steps / 2, $"Only {end.Jobs.Count} jobs were left; {history}");
    }

    // Replies the jobs that went back to wait from active while the worker of ours stopped, when it was the last one that worked.
    private static async Task<ILookup<string, string>> LiveAsync(
        RedisServer redis, string queue, Random random, RandomClient client, NodeClient five, NodeClient six)
    {
        var worker = await JamailHost.WorkAsync(redis, queue, OfWorker(queue, "jamail"));
        await using var ofWorker = worker;
        await using var victim = await NodeClient.StartAsync(random.Next(2) == 0 ? NodeClient.Five : NodeClient.Six, redis);
        await five.CallAsync("work", queue, "five", NodeWorker);
        await six.CallAsync("work", queue, "six", NodeWorker);
        await victim.CallAsync("work", queue, "victim", NodeWorker);
        for (var step = 0; step < Steps; step++)
        {
            await client.StepAsync();
            if (step == Steps / 2)
            {
                await victim.KillAsync();
            }
        }

        await five.CallAsync("stopWork", "five");
        await six.CallAsync("stopWork", "six");
        var before = QueueEvents.Read(redis.Database, queue).Last;
        await worker.DisposeAsync();
        return QueueEvents.Read(redis.Database, queue, before).PutBack;
    }

    private static (string, string)[] OfWorker(string queue, string name) =>
    [
        ("Work:Name", name), JamailHost.Worker(queue, "Concurrency", 8),
        JamailHost.Worker(queue, "LockDuration", TimeSpan.FromSeconds(5)), JamailHost.Worker(queue, "StalledInterval", Interval),
        JamailHost.Worker(queue, "MaxStalledCount", 3),
    ];

    private static long Open(JobCounts counts) =>
        counts.Waiting + counts.Active + counts.Delayed + counts.Prioritized + counts.WaitingChildren;

    private static async Task SameCountsAsync(QueueState state, JamailHost jamail, NodeClient five, NodeClient six, string queue)
    {
        var (completed, failed) = ((long)state.Ids["completed"].Count, (long)state.Ids["failed"].Count);
        Assert.Equal(state.Jobs.Count, completed + failed);
        var ours = await jamail.Inspector.GetCountsAsync();
        Assert.Equal((completed, failed), (ours.Completed, ours.Failed));
        foreach (var node in (NodeClient[])[five, six])
        {
            var theirs = await node.CallAsync<Dictionary<string, long>>("counts", queue);
            Assert.Equal((completed, failed, completed + failed), (theirs["completed"], theirs["failed"], theirs.Values.Sum()));
        }
    }

    // Each start ends in one way: as an attempt, as a stall, or with the job put back by a worker of ours that stopped and had not
    // begun it: moveJobFromActiveToWait counts nothing and takes no start back. A job that was taken but had not begun when its
    // worker was killed, or that was put back, ran once less than it started.
    private static IEnumerable<(string Id, string Text)> WrongRuns(
        QueueState state, IReadOnlyList<RunRecord> runs, ILookup<string, string> putBack)
    {
        var runsOf = runs.ToLookup(run => run.JobId);
        foreach (var (id, job) in state.Jobs)
        {
            int Number(string field) => job.TryGetValue(field, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
            var (made, stalled, started, ran) = (Number("atm"), Number("stc"), Number("ats"), runsOf[id].Count());
            var returned = started - made - stalled;
            if (returned < 0 || returned > putBack[id].Count() || ran > started - returned || ran < started - stalled - returned)
            {
                yield return (id, $"{id}: atm {made}, stc {stalled}, ats {started}, runs {ran}, put back {putBack[id].Count()} times");
            }
        }
    }
}
