using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>
/// A paused queue that both majors and Jamail use. BullMQ 5.x moves the waiting jobs to another list and back, and overwrites what it
/// finds there; the setting PausedLayout says where Jamail's jobs wait meanwhile.
/// </summary>
public sealed class PauseTests : InteropTest
{
    public static IEnumerable<object[]> MajorsByLayout =>
        from major in new[] { NodeClient.Five, NodeClient.Six }
        from layout in Enum.GetValues<PausedLayout>()
        select new object[] { major, layout };

    [Theory, MemberData(nameof(MajorsByLayout))]
    public async Task A_queue_that_node_paused_rests_until_jamail_resumes_it(string major, PausedLayout layout)
    {
        var node = await NodeClient.SharedAsync(major);
        var first = await node.CallAsync<string>("add", QueueName, "work", new { });
        await node.CallAsync("pause", QueueName);
        await using var host = await WorkAsync(layout);
        Assert.True(await host.Inspector.IsPausedAsync());
        var second = await host.Queue.AddAsync("work", new Work());
        Assert.Equal(2, (await host.Inspector.GetCountsAsync()).Waiting);

        await host.Inspector.ResumeAsync();

        await FinishedAsync(host, first);
        await FinishedAsync(host, second.Value);
        Assert.Equal([first, second.Value], (await RunsAsync()).Select(run => run.JobId).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(MajorsByLayout))]
    public async Task A_queue_that_jamail_paused_rests_until_node_resumes_it(string major, PausedLayout layout)
    {
        var node = await NodeClient.SharedAsync(major);
        await node.CallAsync("counts", QueueName);
        await using var producer = await ProduceAsync(layout);
        await producer.Inspector.PauseAsync();
        Assert.True(await node.CallAsync<bool>("isPaused", QueueName));
        var id = await node.CallAsync<string>("add", QueueName, "work", new { });
        await using var host = await WorkAsync(layout);
        Assert.Empty(await RunsAsync());

        await node.CallAsync("resume", QueueName);
        await FinishedAsync(host, id);
    }

    // 5.x pauses (its jobs go to the other list), Jamail adds, Jamail resumes: nothing is lost, the other list goes first.
    [Theory, InlineData(PausedLayout.Auto), InlineData(PausedLayout.Wait), InlineData(PausedLayout.Paused)]
    public async Task Paused_by_5_and_resumed_by_jamail_loses_nothing(PausedLayout layout)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var first = await five.CallAsync<string>("add", QueueName, "work", new { });
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(layout);
        var second = await host.Queue.AddAsync("work", new Work());
        var third = await five.CallAsync<string>("add", QueueName, "work", new { });

        await host.Inspector.ResumeAsync();

        await AllRunAsync(host, layout == PausedLayout.Wait ? [first, third, second.Value] : [first, second.Value, third]);
    }

    // 5.x pauses, Jamail adds, 6.x resumes: 6.x merges too.
    [Theory, InlineData(PausedLayout.Auto), InlineData(PausedLayout.Wait), InlineData(PausedLayout.Paused)]
    public async Task Paused_by_5_and_resumed_by_6_loses_nothing(PausedLayout layout)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var six = await NodeClient.SharedAsync(NodeClient.Six);
        var first = await five.CallAsync<string>("add", QueueName, "work", new { });
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(layout);
        var second = await host.Queue.AddAsync("work", new Work());

        await six.CallAsync("resume", QueueName);

        await AllRunAsync(host, [first, second.Value]);
    }

    // Jamail pauses and leaves its jobs in `wait`; 5.x resumes, finds nothing in `paused` and overwrites nothing.
    [Fact]
    public async Task A_resume_by_5_that_finds_no_other_list_loses_nothing()
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        await using var host = await ProduceAsync(PausedLayout.Wait);
        var first = await host.Queue.AddAsync("work", new Work());
        await host.Inspector.PauseAsync();

        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, [first.Value]);
    }

    // 6.x does not see the jobs that 5.x put aside; Jamail does.
    [Fact]
    public async Task Jobs_that_5_put_aside_are_counted_found_and_removed()
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var six = await NodeClient.SharedAsync(NodeClient.Six);
        var id = await five.CallAsync<string>("add", QueueName, "work", new { });
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(PausedLayout.Auto);

        Assert.Equal(0, (await six.CallAsync("counts", QueueName)).GetProperty("waiting").GetInt32());
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Waiting);
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(JobId.Parse(id)));
        Assert.True(await host.Inspector.RemoveAsync(JobId.Parse(id)));
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    // Jamail pauses, 5.x adds, 5.x resumes. With the layout of 6.x our jobs stay in `wait`, which 5.x overwrites.
    [Theory, InlineData(PausedLayout.Auto, false), InlineData(PausedLayout.Wait, true), InlineData(PausedLayout.Paused, false)]
    public async Task Paused_by_jamail_and_resumed_by_5_loses_jobs_only_with_the_layout_of_6(PausedLayout layout, bool loses)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        await five.CallAsync("counts", QueueName);
        await using var host = await ProduceAsync(layout);
        var first = await host.Queue.AddAsync("work", new Work());
        await host.Inspector.PauseAsync();
        var second = await five.CallAsync<string>("add", QueueName, "work", new { });

        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, loses ? [second] : [first.Value, second]);
    }

    // Jamail pauses, 5.x pauses too, Jamail adds, 5.x resumes.
    [Theory, InlineData(PausedLayout.Auto, false), InlineData(PausedLayout.Wait, true), InlineData(PausedLayout.Paused, false)]
    public async Task Paused_by_both_and_resumed_by_5_loses_jobs_only_with_the_layout_of_6(PausedLayout layout, bool loses)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var first = await five.CallAsync<string>("add", QueueName, "work", new { });
        await using var host = await ProduceAsync(layout);
        await host.Inspector.PauseAsync();
        await five.CallAsync("pause", QueueName);
        var second = await host.Queue.AddAsync("work", new Work());

        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, loses ? [first] : [first, second.Value]);
    }

    // 5.x pauses an empty queue, both add, 5.x resumes.
    [Theory, InlineData(PausedLayout.Auto, false), InlineData(PausedLayout.Wait, true), InlineData(PausedLayout.Paused, false)]
    public async Task An_empty_queue_paused_by_5_loses_jobs_only_with_the_layout_of_6(PausedLayout layout, bool loses)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(layout);
        var first = await host.Queue.AddAsync("work", new Work());
        var second = await five.CallAsync<string>("add", QueueName, "work", new { });

        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, loses ? [second] : [first.Value, second]);
    }

    // 5.x pauses (its jobs go to `paused`), Jamail adds, 5.x pauses again: it renames `wait` over `paused`.
    [Theory, InlineData(PausedLayout.Auto, false), InlineData(PausedLayout.Wait, true), InlineData(PausedLayout.Paused, false)]
    public async Task Paused_twice_by_5_loses_jobs_only_with_the_layout_of_6(PausedLayout layout, bool loses)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var first = await five.CallAsync<string>("add", QueueName, "work", new { });
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(layout);
        var second = await host.Queue.AddAsync("work", new Work());

        await five.CallAsync("pause", QueueName);
        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, loses ? [second.Value] : [first, second.Value]);
    }

    // The window that Auto leaves: a 5.x producer is older on this queue than a 6.x one, and pauses it while it is empty.
    [Theory, InlineData(PausedLayout.Auto, true), InlineData(PausedLayout.Paused, false)]
    public async Task An_empty_queue_paused_by_5_after_6_wrote_its_version_needs_the_layout_of_5(PausedLayout layout, bool loses)
    {
        var five = await NodeClient.SharedAsync(NodeClient.Five);
        var six = await NodeClient.SharedAsync(NodeClient.Six);
        await five.CallAsync("counts", QueueName);
        await six.CallAsync("counts", QueueName);
        await Eventually.True(
            async () => ((string?)await Redis.Database.HashGetAsync($"bull:{QueueName}:meta", "version"))?.StartsWith(
                "bullmq:6", StringComparison.Ordinal) == true, "version of 6.x in meta");
        await five.CallAsync("pause", QueueName);
        await using var host = await ProduceAsync(layout);
        var first = await host.Queue.AddAsync("work", new Work());
        var second = await five.CallAsync<string>("add", QueueName, "work", new { });

        await five.CallAsync("resume", QueueName);

        await AllRunAsync(host, loses ? [second] : [first.Value, second]);
    }

    private Task<JamailHost> ProduceAsync(PausedLayout layout) => JamailHost.ProduceAsync(Redis, QueueName, Layout(layout));

    private Task<JamailHost> WorkAsync(PausedLayout layout) => JamailHost.WorkAsync(Redis, QueueName, Layout(layout));

    private static (string, string) Layout(PausedLayout layout) => ("Jamail:Queueing:PausedLayout", layout.ToString());

    // The jobs that still are in a list run, in this order; a lost one has its hash and is in no list.
    private async Task AllRunAsync(JamailHost producer, IReadOnlyList<string> expected)
    {
        Assert.Equal(expected.Count, (await producer.Inspector.GetCountsAsync()).Waiting);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        await Eventually.Equal(expected.Count, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");
        Assert.Equal(expected, (await RunsAsync()).Select(run => run.JobId));
    }
}
