using Jamail.Queueing;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>Hosts whose numbers are written with commas, and whose letter i has two upper cases.</summary>
public sealed class CultureTests : InteropTest
{
    public static TheoryData<string> Cultures => new(TestSupport.Culture.Troublesome);

    [Theory, MemberData(nameof(Cultures))]
    public async Task A_host_under_another_culture_speaks_the_same_wire(string culture)
    {
        using var _ = TestSupport.Culture.Use(culture);
        var node = await NodeClient.SharedAsync(NodeClient.Six);
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var child = await JamailHost.WorkInChildAsync(
            Redis, QueueName, [("Work:Culture", culture), Worker(QueueName, "IdleWait", "00:00:01.5")]);

        var result = await node.CallAsync("addAndWait", QueueName, "work", new { number = 1, failTimes = 1 },
            new { attempts = 2, delay = 150, backoff = new { type = "exponential", delay = 50.5, jitter = 0.5 } });
        Assert.Equal(2, result.GetProperty("attempt").GetInt32());

        var id = await producer.Queue.AddAsync("INIT", new Work(3, FailTimes: 1), new JobOptions
        {
            Attempts = 2, Backoff = new Backoff.Exponential(TimeSpan.FromMilliseconds(50.5), 0.25), Priority = 7,
            Delay = TimeSpan.FromMilliseconds(150.5), Id = JobId.Choose("INIT-id"),
        });
        var job = await FinishedAsync(producer, id.Value);
        Assert.Equal(2, job.AttemptsMade);

        var opts = (await node.CallAsync("job", QueueName, "INIT-id")).GetProperty("opts");
        Assert.Equal(0.25, opts.GetProperty("backoff").GetProperty("jitter").GetDouble());
        Assert.Equal(7, opts.GetProperty("priority").GetInt32());
    }
}
