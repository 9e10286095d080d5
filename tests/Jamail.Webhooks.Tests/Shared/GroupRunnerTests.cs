using System.Collections.Concurrent;
using Jamail.Shared;

namespace Jamail.Webhooks.Tests;

public class GroupRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task As_many_runs_as_told_are_under_way_and_what_comes_meanwhile_is_one_run(int overlap)
    {
        var sizes = new ConcurrentQueue<int>();
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        await using var runner = new GroupRunner<int, int>(
            async (items, token) =>
            {
                sizes.Enqueue(items.Count);
                begun.Release();
                await go.WaitAsync(Limit, token);
                return [.. items.Select(item => item * 2)];
            },
            overlap: overlap);

        var first = new List<Task<int>>();
        for (var i = 0; i < overlap; i++)
        {
            first.Add(runner.RunAsync(i, default));
            Assert.True(await begun.WaitAsync(Limit));
        }

        var later = Enumerable.Range(10, 5).Select(item => runner.RunAsync(item, default)).ToList();
        go.Release();
        Assert.True(await begun.WaitAsync(Limit));
        go.Release(overlap);

        Assert.Equal([10, 11, 12, 13, 14], (await Task.WhenAll(later)).Select(result => result / 2));
        Assert.Equal(Enumerable.Range(0, overlap), (await Task.WhenAll(first)).Select(result => result / 2));
        Assert.Equal([.. Enumerable.Repeat(1, overlap), 5], sizes);
    }

    [Fact]
    public async Task An_item_that_cannot_be_run_fails_alone()
    {
        using var go = new SemaphoreSlim(0);
        await using var runner = new GroupRunner<int, int>(async (items, token) =>
        {
            await go.WaitAsync(Limit, token);
            go.Release();
            return items.Contains(2) ? throw new InvalidDataException("two") : items;
        });

        var all = Enumerable.Range(0, 5).Select(item => runner.RunAsync(item, default)).ToList();
        go.Release();

        await Assert.ThrowsAsync<InvalidDataException>(() => all[2]);
        all.RemoveAt(2);
        var others = await Task.WhenAll(all);
        Assert.Equal([0, 1, 3, 4], others);
    }

    [Fact]
    public async Task Disposing_waits_for_what_was_given()
    {
        var runner = new GroupRunner<int, int>(
            async (items, _) =>
            {
                await Task.Yield();
                return items;
            },
            overlap: 2);

        var all = Enumerable.Range(0, 100).Select(item => runner.RunAsync(item, default)).ToList();
        await runner.DisposeAsync();

        Assert.All(all, one => Assert.True(one.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => runner.RunAsync(1, default));
    }
}
