using System.Diagnostics;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class WakeUpTests
{
    private const int Bursts = 1000;
    private const int JobsOfABurst = 10;
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    // A wake-up that is lost waits longer than the test does.
    private static readonly Action<JobWorkerOptions> Slots =
        worker => (worker.Concurrency, worker.IdleWait) = (2, TimeSpan.FromMinutes(1));

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_burst_reaches_the_idle_host_while_another_has_only_one_slot_free()
    {
        var end = new TaskCompletionSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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

                // A burst ends only when the other host has begun one of its jobs.
                await (job.Name == "n" ? Volatile.Read(ref reached).Task : Task.CompletedTask);
                done.Release();
                return Done;
            },
            Slots);
        await a.Queue.AddAsync("long", 0);
        await busy.Task;
        await using var b = await QueueHost.StartAsync(
            _queue,
            async (_, _) =>
            {
                Interlocked.CompareExchange(ref firstOfB, Stopwatch.GetTimestamp(), 0);
                Volatile.Read(ref reached).TrySetResult();
                await Task.Delay(2, CancellationToken.None);
                done.Release();
                return Done;
            },
            Slots);
        await using var producer = await QueueHost.StartAsync(_queue);
        await producer.Queue.AddAsync("warm", 0);
        await done.WaitAsync();

        var late = new List<TimeSpan>();
        for (var burst = 0; burst < Bursts; burst++)
        {
            Volatile.Write(ref reached, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Interlocked.Exchange(ref firstOfB, 0);
            Interlocked.Exchange(ref addedAt, Stopwatch.GetTimestamp());
            await producer.Queue.AddManyAsync(Enumerable.Range(0, JobsOfABurst).Select(i => new NewJob<int>("n", i)));
            for (var job = 0; job < JobsOfABurst; job++)
            {
                Assert.True(await done.WaitAsync(TimeSpan.FromSeconds(20)), $"burst {burst} did not reach the idle host");
            }

            if (Stopwatch.GetElapsedTime(addedAt, Interlocked.Read(ref firstOfB)) is var wait && wait > Bound)
            {
                late.Add(wait);
            }
        }

        end.SetResult();

        Proof.Note("Bursts of 10 beside a half-busy host, 1,000 times: first start on the idle host after more than 50 ms", "bursts", late.Count);

        // Only a proof, on a machine with time to spare, asks how soon.
        Assert.True(late.Count <= Proof.Size(Bursts, 0), $"late {string.Join(", ", late)}");
    }
}
