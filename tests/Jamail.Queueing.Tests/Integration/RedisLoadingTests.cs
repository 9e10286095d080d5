using System.Collections.Concurrent;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class RedisLoadingTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_Redis_that_is_still_loading_its_data_is_asked_again_until_it_has()
    {
        // Loading lasts until it has been seen: a key each ten milliseconds, with a look at its connections in between.
        const int Keys = 3000;
        await using var redis = await RedisServer.StartNewAsync(
            new RedisServerOptions { FurtherLines = ["key-load-delay 10000", "loading-process-events-interval-bytes 1024"] });
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(number => redis.Database.StringSetAsync($"key-{number}", number)));
        var runs = new ConcurrentDictionary<string, int>();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                runs.AddOrUpdate(job.Id.Value, 1, (_, count) => count + 1);
                if (job.Name == "long")
                {
                    await open.Task.WaitAsync(cancellationToken);
                }

                return Done;
            },
            worker => worker.Concurrency = 10,
            redis.ConnectionString);
        var running = await host.Queue.AddAsync("long", 0);
        await Eventually.True(() => runs.ContainsKey(running.Value), "the job to run");
        await redis.AskAsync("save");

        await redis.KillAsync();
        var starting = redis.StartAsync();
        await Eventually.True(() => IsLoadingAsync(redis), "Redis to load");
        var adds = Enumerable.Range(1, 20).Select(number => host.Queue.AddAsync("n", number)).ToList();
        open.SetResult();
        await Eventually.True(() => redis.HasAnsweredAsync("LOADING"), "a call to be refused");
        Assert.True(await IsLoadingAsync(redis));
        Assert.DoesNotContain(adds, add => add.IsCompleted);
        await redis.AskAsync("config", "set", "key-load-delay", "0");
        await starting;

        foreach (var id in (JobId[])[running, .. await Task.WhenAll(adds)])
        {
            await host.StateWhenAsync(id, JobState.Completed);
        }

        Assert.Equal(21, runs.Count);
        Assert.All(runs.Values, count => Assert.Equal(1, count));
        Assert.DoesNotContain(host.Log.All, line => line.Id == 1304);
    }

    private static async Task<bool> IsLoadingAsync(RedisServer redis)
    {
        try
        {
            return (await redis.AskAsync("info", "persistence")).Contains("loading:1", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
