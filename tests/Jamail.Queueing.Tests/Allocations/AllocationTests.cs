using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Allocations;

/// <summary>Bytes allocated per job by the whole process, the Redis client included. Runs when no other test does.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Jobs = 20_000;
    private const int Callers = 50;
#if DEBUG
    // State machines of async methods are objects there.
    private const long AddCeiling = 3_000;
    private const long ProcessCeiling = 6_000;
#else
    private const long AddCeiling = 1_536;
    private const long ProcessCeiling = 3_072;
#endif

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task An_add_by_one_of_many_callers_stays_below_its_ceiling()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await AddAsync(host.Queue, Jobs);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await AddAsync(host.Queue, Jobs);
        var perJob = (GC.GetTotalAllocatedBytes(precise: true) - before) / Jobs;

        Assert.InRange(perJob, 1, AddCeiling);
    }

    [Fact]
    public async Task Processing_a_job_stays_below_its_ceiling()
    {
        await using (var producer = await QueueHost.StartAsync(_queue))
        {
            await AddAsync(producer.Queue, 2 * Jobs);
        }

        var counter = new Counter();
        await using var host = await QueueHost.StartAsync(_queue, configure: queueing =>
        {
            queueing.Services.AddSingleton(counter);
            queueing.AddQueue(_queue, worker => worker.Concurrency = 50).AddProcessor<RawJson, CountingProcessor>();
        });
        await Eventually.True(() => counter.Runs > Jobs / 2, "the worker to be warm");

        // The best of some windows: a busy machine makes groups small, and then a job carries more of its call.
        var perJob = long.MaxValue;
        for (var window = 1; window <= 4; window++)
        {
            var runs = counter.Runs;
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var target = (Jobs / 2) + (window * Jobs / 4);
            await Eventually.True(() => counter.Runs >= target, "the jobs to run", TimeSpan.FromSeconds(60));
            if (counter.Runs - runs is > 0 and var done)
            {
                perJob = Math.Min(perJob, (GC.GetTotalAllocatedBytes(precise: true) - before) / done);
            }
        }

        Assert.InRange(perJob, 1, ProcessCeiling);
    }

    private static Task AddAsync(IJobQueue queue, int jobs) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (var i = 0; i < jobs / Callers; i++)
            {
                await queue.AddAsync("n", i);
            }
        }));

    private sealed class Counter
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        public void Count() => Interlocked.Increment(ref _runs);
    }

    private sealed class CountingProcessor(Counter counter) : IJobProcessor<RawJson>
    {
        private static readonly Task<JobOutcome> Done = Task.FromResult<JobOutcome>(new JobOutcome.Completed());

        public Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
        {
            counter.Count();
            return Done;
        }
    }
}
