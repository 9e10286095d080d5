using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>The queue's event stream, which other clients write too.</summary>
public sealed class FinishedJobsTests : InteropTest
{
    [Fact]
    public async Task A_reader_of_finished_jobs_passes_over_events_it_does_not_know_and_fields_that_are_missing()
    {
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var stream = $"bull:{QueueName}:events";
        await Redis.Database.ExecuteAsync("XADD", stream, "*", "event", "debounced", "jobId", "1", "debounceId", "d");
        await Redis.Database.ExecuteAsync("XADD", stream, "*", "event", "completed", "jobId", "old", "returnvalue", "1");
        await Redis.Database.ExecuteAsync("XADD", stream, "*", "event", "of-tomorrow", "something", "else");
        var id = await host.Queue.AddAsync("work", new Work());
        await FinishedAsync(host, id.Value);

        var page = await host.Inspector.GetFinishedAsync(after: "0-0");
        Assert.Equal(["old", id.Value], page.Items.Select(job => job.Id.Value));
    }
}
