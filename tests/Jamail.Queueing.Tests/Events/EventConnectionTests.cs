using System.Threading.Channels;
using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Events;

public sealed class EventConnectionTests
{
    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_reader_loses_nothing_when_Redis_is_killed_and_comes_back()
    {
        await using var redis = await RedisServer.StartNewAsync(new() { AppendOnly = true });
        await using var host = await QueueHost.StartAsync(_queue, redis: redis.ConnectionString);
        await using var reader = new Reader(host.Events);
        await host.Queue.AddAsync("n", 1);
        await reader.NextAddedAsync();

        await redis.KillAsync();
        await redis.StartAsync();
        var second = await host.Queue.AddAsync("n", 2);

        Assert.Equal(second, await reader.NextAddedAsync());
    }

    [Fact]
    public async Task A_reader_whose_connection_does_not_answer_makes_another()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var proxy = TcpProxy.To(redis);
        await using var host = await QueueHost.StartAsync(_queue, redis: redis.ConnectionString);
        await using var behind = await QueueHost.StartAsync(_queue, redis: $"127.0.0.1:{proxy.Port}");
        await using var reader = new Reader(behind.Events);
        await host.Queue.AddAsync("n", 1);
        await reader.NextAddedAsync();

        proxy.DelayToClient = TimeSpan.FromHours(1);
        var second = await host.Queue.AddAsync("n", 2);
        await Eventually.True(() => behind.Log.All.Any(line => line.Id == 1320), "the connection to be given up");
        proxy.DelayToClient = TimeSpan.Zero;

        Assert.Equal(second, await reader.NextAddedAsync());
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Channel<JobEvent> _events = Channel.CreateUnbounded<JobEvent>();
        private readonly Task _reading;

        public Reader(IJobEvents events) => _reading = Task.Run(async () =>
        {
            await foreach (var happened in events.ReadAsync("0-0", _end.Token))
            {
                _events.Writer.TryWrite(happened);
            }
        });

        public async Task<JobId> NextAddedAsync()
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                switch (await _events.Reader.ReadAsync(bound.Token))
                {
                    case JobEvent.Added added:
                        return added.Id;
                    case JobEvent.Gap:
                        throw new InvalidOperationException("Nothing was missed, but a gap is reported.");
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }
    }
}
