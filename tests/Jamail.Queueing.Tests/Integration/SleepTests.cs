using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

/// <summary>An idle worker's call sleeps in Redis and takes jobs there: what may happen to it meanwhile.</summary>
public sealed class SleepTests : IAsyncLifetime
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();
    private RedisServer _redis = null!;

    public async Task InitializeAsync() => _redis = await RedisServer.StartNewAsync();

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task A_job_that_it_takes_is_taken_at_the_time_of_the_workers_clock()
    {
        await using var host = await StartAsync(configure: builder =>
            builder.Services.AddSingleton<TimeProvider>(new ClockAhead(TimeSpan.FromHours(1))));
        await AsleepAsync();

        var id = await AddDirectlyAsync();
        await host.StateWhenAsync(id, JobState.Completed);

        var job = await host.GetAsync(id);
        var taken = job.ProcessedOn!.Value - DateTimeOffset.UtcNow;
        Assert.InRange(taken, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.True(job.ProcessedOn <= job.FinishedOn, $"{job.ProcessedOn:O}, {job.FinishedOn:O}");
    }

    [Fact]
    public async Task A_job_whose_reply_was_lost_on_the_way_is_found_and_runs_once()
    {
        await using var proxy = TcpProxy.To(_redis);
        proxy.DropReplies(1, request => request.Span.IndexOf("BZPOPMIN"u8) >= 0);
        var runs = 0;
        await using var host = await StartAsync(() => Interlocked.Increment(ref runs), $"127.0.0.1:{proxy.Port}");
        await AsleepAsync();

        var id = await AddDirectlyAsync();
        await host.StateWhenAsync(id, JobState.Completed);

        Assert.Equal(1, proxy.RepliesDropped);
        Assert.Equal(1, runs);
        var job = await host.GetAsync(id);
        Assert.Equal((1, 0), (job.AttemptsStarted, job.StalledCount));
        Assert.Contains(host.Log.All, line => line.Id == 1305 && line.Text.Contains("1 jobs found and run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_script_may_be_forgotten_by_Redis_meanwhile()
    {
        await using var host = await StartAsync();
        await AsleepAsync();
        await _redis.Database.ExecuteAsync("SCRIPT", "FLUSH");

        await host.StateWhenAsync(await AddDirectlyAsync(), JobState.Completed);
    }

    [Fact]
    public async Task A_worker_that_pauses_takes_nothing_more_and_goes_on_when_it_resumes()
    {
        await using var host = await StartAsync();
        await AsleepAsync();
        var workers = host.Services.GetRequiredService<IJobWorkers>();
        await workers.PauseAsync(new QueueName(_queue), waitForRunning: true);

        var id = await AddDirectlyAsync();
        Assert.Equal(0, await SleepersAsync());
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));

        workers.Resume(new QueueName(_queue));
        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stopping_worker_ends_it_whether_Redis_answers_or_not(bool answers)
    {
        var host = await StartAsync();
        await AsleepAsync();
        if (!answers)
        {
            _redis.Pause();
        }

        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(25));
        if (!answers)
        {
            _redis.Resume();
        }

        await Eventually.Equal(0, SleepersAsync, "the calls that sleep");
        var id = await AddDirectlyAsync();
        Assert.Equal(JobState.Waiting, await StateAsync(id));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_delayed_job_that_is_due_rouses_it_though_it_keeps_the_only_slot()
    {
        await using var host = await StartAsync(worker: worker => (worker.Concurrency, worker.IdleWait) = (1, TimeSpan.FromSeconds(30)));
        await AsleepAsync();

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromMilliseconds(400) });
        await host.StateWhenAsync(id, JobState.Completed, TimeSpan.FromSeconds(20));
    }

    private Task<QueueHost> StartAsync(
        Action? run = null, string? redis = null, Action<JobWorkerOptions>? worker = null, Action<QueueingBuilder>? configure = null) =>
        QueueHost.StartAsync(
            _queue,
            (_, _) =>
            {
                run?.Invoke();
                return Task.FromResult(Done);
            },
            worker,
            redis ?? _redis.ConnectionString,
            configure);

    private async Task AsleepAsync() => await Eventually.Equal(1, SleepersAsync, "the calls that sleep");

    private async Task<int> SleepersAsync()
    {
        var clients = (string)(await _redis.Database.ExecuteAsync("CLIENT", "LIST"))!;
        return clients.Split('\n').Count(line => line.Contains(" flags=b ", StringComparison.Ordinal));
    }

    // Not over the worker's host, whose connections the tests disturb.
    private async Task<JobId> AddDirectlyAsync()
    {
        await using var producer = await QueueHost.StartAsync(_queue, redis: _redis.ConnectionString);
        return await producer.Queue.AddAsync("n", 1);
    }

    private async Task<JobState?> StateAsync(JobId id)
    {
        await using var observer = await QueueHost.StartAsync(_queue, redis: _redis.ConnectionString);
        return await observer.Inspector.GetStateAsync(id);
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
