using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class AddOrderTests
{
    private const int Count = 5000;

    [Fact]
    public async Task A_bulk_stands_in_the_queue_in_its_order_also_when_it_is_the_first_thing_a_host_does()
    {
        for (var host = 0; host < 20; host++)
        {
            await using var fresh = await QueueHost.StartAsync(QueueHost.NewName());
            await AddInOrderAsync(fresh, 500);
        }
    }

    [Fact]
    public async Task A_bulk_keeps_its_order_while_Redis_forgets_the_scripts()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await QueueHost.StartAsync(QueueHost.NewName(), redis: redis.ConnectionString);
        using var done = new CancellationTokenSource();
        var forgetting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await redis.Database.ExecuteAsync("SCRIPT", "FLUSH");
            }
        });

        await AddInOrderAsync(host, Count);

        await done.CancelAsync();
        await forgetting;
    }

    [Fact]
    public async Task Single_adds_of_one_caller_stand_in_the_order_of_the_calls()
    {
        await using var host = await QueueHost.StartAsync(QueueHost.NewName());

        var ids = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => host.Queue.AddAsync("n", i)));

        Assert.Equal(Enumerable.Range(1, Count), ids.Select(Number));
    }

    private static async Task AddInOrderAsync(QueueHost host, int count)
    {
        var added = await host.Queue.AddManyAsync(Enumerable.Range(0, count).Select(i => new NewJob<int>("n", i)));
        Assert.Equal(Enumerable.Range(1, count), added.Select(job => Number(job.Id!.Value)));
    }

    private static int Number(JobId id) => int.Parse(id.Value, System.Globalization.CultureInfo.InvariantCulture);
}
