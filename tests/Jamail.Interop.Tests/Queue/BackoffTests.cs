using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class BackoffTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_of_node_with_a_back_off_of_its_own_waits_as_our_strategy_says(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        var backoff = new { type = PlannedBackoff.Type, delay = 3_600_000 };
        Task<string> AddAsync(int failTimes, object of) =>
            node.CallAsync<string>("add", QueueName, "work", new { number = failTimes, failTimes }, new { attempts = 5, backoff = of });
        var (well, givenUp, atOnce) = (await AddAsync(2, backoff), await AddAsync(9, backoff), await AddAsync(1, new { type = PlannedBackoff.Type }));

        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        foreach (var id in new[] { well, givenUp })
        {
            foreach (var hours in new[] { 1, 2 })
            {
                await Eventually.Equal((JobState.Delayed, hours), () => StandingAsync(host, id), $"the wait of job {id}");
                await node.CallAsync("promote", QueueName, id);
            }
        }

        var done = await FinishedAsync(host, well);
        Assert.Equal((3, 3), (done.AttemptsMade, Result(done).Attempt));
        var failed = await FinishedAsync(host, givenUp, JobState.Failed);
        Assert.Equal((3, "planned failure 3"), (failed.AttemptsMade, failed.FailedReason));
        Assert.Equal(2, (await FinishedAsync(host, atOnce)).AttemptsMade);
        Assert.Equal("planned failure 3", (await node.CallAsync("job", QueueName, givenUp)).GetProperty("failedReason").GetString());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_of_node_with_a_back_off_that_nobody_knows_fails_for_its_own_reason_and_says_what_is_missing(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        var id = await node.CallAsync<string>(
            "add", QueueName, "work", new { number = 1, failTimes = 9 }, new { attempts = 5, backoff = new { type = "unheard-of", delay = 70 } });

        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var failed = await FinishedAsync(host, id, JobState.Failed);
        Assert.Equal(1, failed.AttemptsMade);
        Assert.StartsWith("planned failure 1", failed.FailedReason, StringComparison.Ordinal);
        Assert.Contains("'unheard-of'", failed.FailedReason, StringComparison.Ordinal);
        Assert.Contains("add a strategy", failed.FailedReason, StringComparison.Ordinal);
    }

    private static async Task<(JobState State, int Hours)> StandingAsync(JamailHost host, string id)
    {
        var job = (await host.Inspector.TryGetJobAsync(JobId.Parse(id)))!;
        return (job.State, (int)job.Delay.TotalHours);
    }
}
