using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class BadJobTests
{
    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task Data_of_the_wrong_shape_fails_the_job_at_once_naming_the_member()
    {
        await using var host = await StartAsync();

        var id = await host.Queue.AddAsync(
            "resize", new { ImageId = "a", Size = new { Width = "wide" } }, new JobOptions { Attempts = 5 });

        await host.StateWhenAsync(id, JobState.Failed);
        var job = await host.GetAsync(id);
        Assert.Equal(1, job.AttemptsMade);
        Assert.Contains("$.size.width", job.FailedReason, StringComparison.Ordinal);
        Assert.Contains(nameof(Resize), job.FailedReason, StringComparison.Ordinal);
        Assert.DoesNotContain("\"wide\"", job.FailedReason, StringComparison.Ordinal);

        var good = await host.Queue.AddAsync("resize", new Resize("a", new Size(3)));
        await host.StateWhenAsync(good, JobState.Completed);
    }

    [Fact]
    public async Task An_unknown_job_name_fails_the_job_naming_the_known_ones()
    {
        await using var host = await StartAsync();

        var id = await host.Queue.AddAsync("rezise", 1, new JobOptions { Attempts = 5 });

        await host.StateWhenAsync(id, JobState.Failed);
        var reason = (await host.GetAsync(id)).FailedReason;
        Assert.Contains("'rezise'", reason, StringComparison.Ordinal);
        Assert.Contains("'resize'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_back_off_fails_the_job_with_its_own_reason_and_that()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => throw new InvalidOperationException("own reason"));
        var database = RedisServer.Shared.Database;
        await host.Inspector.PauseAsync();
        var id = await host.Queue.AddAsync("n", 1);
        await database.HashSetAsync(
            $"bull:{_queue}:{id}", "opts", """{"attempts":3,"backoff":{"type":"fancy","delay":5}}""");
        await host.Inspector.ResumeAsync();

        await host.StateWhenAsync(id, JobState.Failed);
        var reason = (await host.GetAsync(id)).FailedReason;
        Assert.StartsWith("own reason", reason, StringComparison.Ordinal);
        Assert.Contains("'fancy'", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_as_back_off_is_a_fixed_wait()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            ++runs < 2 ? throw new InvalidOperationException("no") : Task.FromResult<JobOutcome>(new JobOutcome.Completed()));
        await host.Inspector.PauseAsync();
        var id = await host.Queue.AddAsync("n", 1);
        await RedisServer.Shared.Database.HashSetAsync($"bull:{_queue}:{id}", "opts", """{"attempts":3,"backoff":7.5}""");
        await host.Inspector.ResumeAsync();

        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task An_id_without_a_job_is_dropped_and_reported_never_run()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
        {
            runs++;
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        });
        var database = RedisServer.Shared.Database;

        await database.ListLeftPushAsync($"bull:{_queue}:wait", "ghost");
        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        await Eventually.True(() => host.Log.All.Any(line => line.Id == 1107), "the orphan to be reported");
        Assert.Equal(1, runs);
        Assert.False(await database.KeyExistsAsync($"bull:{_queue}:ghost"));
        Assert.False(await database.KeyExistsAsync($"bull:{_queue}:ghost:lock"));
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Active);
    }

    [Fact]
    public async Task One_poisoned_outcome_of_each_kind_spoils_neither_the_others_nor_the_jobs_fetched()
    {
        const int Jobs = 50;
        var gate = new TaskCompletionSource();
        var started = 0;
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, _) =>
            {
                Interlocked.Increment(ref started);
                if (job.Name == "group")
                {
                    await gate.Task;
                }

                return new JobOutcome.Completed();
            },
            worker => worker.Concurrency = Jobs);
        var added = await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("group", i)));
        await Eventually.Equal(Jobs, () => Volatile.Read(ref started), "jobs started");
        var after = await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("after", i)));

        // One has a failed child, one a pending child, one has no hash, one no lock, one another's lock, one is not active.
        var database = RedisServer.Shared.Database;
        string Key(int index) => $"bull:{_queue}:{added[index].Id}";
        await database.SortedSetAddAsync(Key(3) + ":unsuccessful", "child", 1);
        await database.SetAddAsync(Key(7) + ":dependencies", "child");
        await database.KeyDeleteAsync(Key(11));
        await database.KeyDeleteAsync(Key(17) + ":lock");
        await database.StringSetAsync(Key(23) + ":lock", "other");
        await database.ListRemoveAsync($"bull:{_queue}:active", added[29].Id!.Value.Value);
        await database.KeyDeleteAsync(Key(31));
        await database.StringSetAsync(Key(31), "no hash");
        gate.SetResult();

        int[] poisoned = [3, 7, 11, 17, 23, 29, 31];
        foreach (var index in Enumerable.Range(0, Jobs).Except(poisoned))
        {
            await host.StateWhenAsync(added[index].Id!.Value, JobState.Completed);
        }

        foreach (var job in after)
        {
            await host.StateWhenAsync(job.Id!.Value, JobState.Completed);
        }

        Assert.Equal(JobState.Failed, await host.Inspector.GetStateAsync(added[3].Id!.Value));
        await host.StateWhenAsync(added[7].Id!.Value, JobState.Failed);
        Assert.Equal(4, host.Log.All.Count(line => line.Id == 1105));
        Assert.Equal(1, host.Log.All.Count(line => line.Id == 1106));
    }

    private Task<QueueHost> StartAsync() => QueueHost.StartAsync(
        _queue, configure: queueing => queueing.AddQueue(_queue).AddProcessor<Resize, ResizeProcessor>("resize"));

    private sealed record Size(int Width);

    private sealed record Resize(string ImageId, Size Size);

    private sealed class ResizeProcessor : IJobProcessor<Resize>
    {
        public Task<JobOutcome> ProcessAsync(Job<Resize> job, CancellationToken cancellationToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed(job.Payload.Size.Width));
    }
}
