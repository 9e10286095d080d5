using System.Collections.Concurrent;
using System.Diagnostics;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class WakeUpTests
{
    private const int Bursts = 1000;
    private const int JobsOfABurst = 10;
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_burst_reaches_the_idle_host_while_another_has_only_one_slot_free()
    {
        var end = new TaskCompletionSource();
        var busy = new TaskCompletionSource();
        var done = new SemaphoreSlim(0);
        var addedAt = 0L;
        var firstOfB = 0L;
        await using var a = await QueueHost.StartAsync(
            _queue,
            async (job, _) =>
            {
                if (job.Name == "long")
                {
                    busy.SetResult();
                    await end.Task;
                    return Done;
                }

                await Task.Delay(2, CancellationToken.None);
                done.Release();
                return Done;
            },
            worker => worker.Concurrency = 2);
        await a.Queue.AddAsync("long", 0);
        await busy.Task;
        await using var b = await QueueHost.StartAsync(
            _queue,
            async (_, _) =>
            {
                Interlocked.CompareExchange(ref firstOfB, Stopwatch.GetTimestamp(), 0);
                await Task.Delay(2, CancellationToken.None);
                done.Release();
                return Done;
            },
            worker => worker.Concurrency = 2);
        await using var producer = await QueueHost.StartAsync(_queue);
        await producer.Queue.AddAsync("warm", 0);
        await done.WaitAsync();

        var late = new ConcurrentBag<TimeSpan>();
        var never = 0;
        for (var burst = 0; burst < Bursts; burst++)
        {
            Interlocked.Exchange(ref firstOfB, 0);
            Interlocked.Exchange(ref addedAt, Stopwatch.GetTimestamp());
            await producer.Queue.AddManyAsync(Enumerable.Range(0, JobsOfABurst).Select(i => new NewJob<int>("n", i)));
            for (var job = 0; job < JobsOfABurst; job++)
            {
                Assert.True(await done.WaitAsync(TimeSpan.FromSeconds(20)), $"burst {burst}: a job did not run");
            }

            var first = Interlocked.Read(ref firstOfB);
            if (first == 0)
            {
                never++;
            }
            else if (Stopwatch.GetElapsedTime(addedAt, first) is var wait && wait > Bound)
            {
                late.Add(wait);
            }
        }

        end.SetResult();

        Proof.Note("Bursts of 10 beside a half-busy host, 1,000 times: first start on the idle host after more than 50 ms, or never", "bursts", never + late.Count);

        // A busy machine may hold any thread up for a moment, so only a proof asks for all; a lost wake-up waits for the idle wait of 5 s.
        Assert.True(never + late.Count <= Proof.Size(Bursts / 10, 0), $"never {never}, late {string.Join(", ", late)}");
        Assert.DoesNotContain(late, wait => wait > TimeSpan.FromSeconds(3));
    }
}
