using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class DroppedReplyTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_hundred_dropped_replies_cost_no_stall_no_second_run_and_no_pause()
    {
        const int Drops = 100;
        await using var redis = await RedisServer.StartNewAsync();
        await using var proxy = TcpProxy.To(redis);
        await using var producer = await QueueHost.StartAsync(_queue, redis: redis.ConnectionString);
        var runs = new ConcurrentDictionary<int, int>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                runs.AddOrUpdate(job.Payload.GetInt32(), 1, (_, times) => times + 1);
                await Task.Delay(3, cancellationToken);
                return Done;
            },
            worker => (worker.Concurrency, worker.LockDuration) = (200, TimeSpan.FromMinutes(5)),
            $"127.0.0.1:{proxy.Port}",
            queueing => queueing.Configure(options => options.RemoveOnComplete = JobRetention.Forever));
        using var watching = new CancellationTokenSource();
        var longest = LongestActiveAsync(redis, watching.Token);
        var finishJobs = Encoding.ASCII.GetBytes($"bull:{_queue}:metrics:failed");

        var added = 0;
        while (proxy.RepliesDropped < Drops)
        {
            var batch = await producer.Queue.AddManyAsync(
                Enumerable.Range(added, 500).Select(i => new NewJob<int>("n", i)));
            Assert.All(batch, job => Assert.Null(job.Error));
            added += batch.Count;
            var dropped = proxy.RepliesDropped;
            proxy.DropReplies(1, request => request.Span.IndexOf(finishJobs) >= 0);
            await Eventually.True(() => proxy.RepliesDropped > dropped || runs.Count == added, "a reply to be dropped");
        }

        await Eventually.Equal(
            added, async () => (await producer.Inspector.GetCountsAsync()).Completed, "completed", TimeSpan.FromSeconds(60));
        Assert.Equal(added, runs.Count);
        Assert.All(runs, run => Assert.Equal(1, run.Value));
        Assert.DoesNotContain(
            await QueueHost.EventsAsync(_queue, redis.Database), entry => entry.StartsWith("event stalled", StringComparison.Ordinal));
        Assert.Equal(0, (await producer.Inspector.GetCountsAsync()).Active);
        await watching.CancelAsync();

        Proof.Note("100 dropped replies at concurrency 200: longest time that a fetched job stood still", "s", (await longest).TotalSeconds);

        // What nobody adopts waits for the end of its lock, 5 min. Only a proof, on a machine with time to spare, asks how soon.
        Assert.InRange(await longest, TimeSpan.Zero, TimeSpan.FromSeconds(Proof.Size(300, 2)));
    }

    /// <summary>How long the same run of a job has been seen in active at most.</summary>
    private async Task<TimeSpan> LongestActiveAsync(RedisServer redis, CancellationToken end)
    {
        var since = new Dictionary<string, long>();
        var longest = TimeSpan.Zero;
        while (!end.IsCancellationRequested)
        {
            var active = await redis.Database.ListRangeAsync($"bull:{_queue}:active");
            var now = Stopwatch.GetTimestamp();
            since = active.Select(id => (string)id!).Distinct().ToDictionary(id => id, id => since.GetValueOrDefault(id, now));
            foreach (var first in since.Values)
            {
                var time = Stopwatch.GetElapsedTime(first, now);
                longest = time > longest ? time : longest;
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return longest;
    }
}
