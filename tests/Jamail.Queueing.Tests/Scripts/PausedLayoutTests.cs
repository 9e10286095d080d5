using System.Text;
using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Queueing.Tests.Scripts;

/// <summary>Jobs added while a queue is paused wait where the other clients of the queue expect them, and none is lost.</summary>
public sealed class PausedLayoutTests
{
    private readonly QueueKeys _keys = new("bull", $"paused-{Guid.NewGuid():N}");

    private static IDatabase Redis => RedisServer.Shared.Database;

    [Fact]
    public async Task Without_5x_clients_jobs_added_under_a_pause_stay_in_wait()
    {
        await MaintenanceOf(PausedLayout.Auto).PauseAsync();
        await AddAsync(PausedLayout.Auto, 2);

        Assert.Equal(["2", "1"], await ListAsync(_keys.Wait));
        Assert.Empty(await ListAsync(_keys.Paused));
    }

    [Fact]
    public async Task With_a_5x_client_pause_and_adds_use_its_list_and_a_resume_brings_all_back_in_order()
    {
        await Redis.HashSetAsync(_keys.Meta, "version", "bullmq:5.81.5");
        await AddAsync(PausedLayout.Auto, 2);
        await MaintenanceOf(PausedLayout.Auto).PauseAsync();
        await AddAsync(PausedLayout.Auto, 1);
        Assert.Empty(await ListAsync(_keys.Wait));
        Assert.Equal(["3", "2", "1"], await ListAsync(_keys.Paused));

        await MaintenanceOf(PausedLayout.Auto).ResumeAsync();

        Assert.Equal(["3", "2", "1"], await ListAsync(_keys.Wait));
        Assert.False(await Redis.KeyExistsAsync(_keys.Paused));
    }

    [Fact]
    public async Task A_list_left_by_a_5x_pause_is_enough_for_adds_to_go_there()
    {
        await Redis.HashSetAsync(_keys.Meta, "paused", "1");
        await Redis.ListLeftPushAsync(_keys.Paused, "old");
        await AddAsync(PausedLayout.Auto, 1);

        Assert.Equal(["1", "old"], await ListAsync(_keys.Paused));
    }

    [Fact]
    public async Task A_second_pause_puts_what_was_in_wait_behind_what_was_paused()
    {
        await Redis.ListLeftPushAsync(_keys.Paused, ["first", "second"]);
        await Redis.ListLeftPushAsync(_keys.Wait, ["third", "fourth"]);

        await MaintenanceOf(PausedLayout.Paused).PauseAsync();

        Assert.Equal(["fourth", "third", "second", "first"], await ListAsync(_keys.Paused));
        Assert.Empty(await ListAsync(_keys.Wait));
    }

    [Fact]
    public async Task A_resume_brings_back_more_ids_than_one_call_moves()
    {
        const int count = 15_000;
        await Redis.ListLeftPushAsync(_keys.Wait, "new");
        await Redis.ListRightPushAsync(_keys.Paused, [.. Enumerable.Range(0, count).Select(i => (RedisValue)$"old-{i}")]);
        var events = await Redis.ExecuteAsync("XLEN", (string)_keys.Events!);

        await MaintenanceOf(PausedLayout.Auto).ResumeAsync();

        Assert.Equal(count + 1, await Redis.ListLengthAsync(_keys.Wait));
        Assert.Equal($"old-{count - 1}", await Redis.ListGetByIndexAsync(_keys.Wait, -1));
        Assert.Equal((long)events + 1, (long)await Redis.ExecuteAsync("XLEN", (string)_keys.Events!));
    }

    private static async Task<string[]> ListAsync(RedisKey list) =>
        [.. (await Redis.ListRangeAsync(list)).Select(id => (string)id!)];

    private static ScriptRunner Runner(PausedLayout layout) => SharedScripts.With(layout);

    private Maintenance MaintenanceOf(PausedLayout layout) => new(Runner(layout), _keys);

    private Task<AddReply[]> AddAsync(PausedLayout layout, int count) => new AddJobs(Runner(layout), _keys).RunAsync(
        [.. Enumerable.Range(0, count).Select(_ => new JobToAdd
        {
            Name = "noop",
            Data = Encoding.UTF8.GetBytes("{}"),
            OptionsJson = Encoding.UTF8.GetBytes("{}"),
            Timestamp = 1_700_000_000_000,
        })],
        withText: true);
}
