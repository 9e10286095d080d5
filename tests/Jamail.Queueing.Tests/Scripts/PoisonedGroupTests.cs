using System.Text;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Scripts;

/// <summary>One job whose hash is broken spoils neither the others of its group nor the jobs that the call takes.</summary>
public sealed class PoisonedGroupTests
{
    private const int GroupSize = 50;
    private const long Now = 1_700_000_000_000;

    private readonly QueueKeys _keys = new("bull", $"poison-{Guid.NewGuid():N}");
    private readonly ScriptRunner _runner = SharedScripts.With(PausedLayout.Auto);
    private readonly FetchTerms _terms = new("worker:1", 60_000, MaxMetricsSize: 100);

    [Theory]
    [InlineData(SettlementKind.Completed)]
    [InlineData(SettlementKind.Failed)]
    [InlineData(SettlementKind.Delayed)]
    [InlineData(SettlementKind.Retried)]
    [InlineData(SettlementKind.Returned)]
    public async Task A_poisoned_outcome_fails_alone_and_all_jobs_taken_are_replied(object poisonedKind)
    {
        // Jobs that wait for children go by includes of their own, and these have none.
        SettlementKind[] kinds = [.. Enum.GetValues<SettlementKind>().Except([SettlementKind.WaitsForChildren])];
        var poisonedAt = Array.IndexOf(kinds, (SettlementKind)poisonedKind) + (4 * kinds.Length);
        await AddAsync(GroupSize);
        var finish = new FinishJobs(_runner, _keys);
        var active = (await finish.RunAsync([], GroupSize, Now, _terms)).Jobs;
        Assert.Equal(GroupSize, active.Count);
        await AddAsync(GroupSize);
        await PoisonAsync(active[poisonedAt].Id);

        var outcomes = active.Select((job, i) => Settle(kinds[i % kinds.Length], job.Id)).ToList();
        Assert.Equal(poisonedKind, outcomes[poisonedAt].Kind);
        var reply = await finish.RunAsync(outcomes, GroupSize, Now, _terms);

        Assert.Contains("WRONGTYPE", reply.Settled[poisonedAt].Fault, StringComparison.Ordinal);
        Assert.All(reply.Settled.Where((_, i) => i != poisonedAt), settled => Assert.Equal(new SettleReply(0, 0, null), settled));
        Assert.Equal(GroupSize, reply.Jobs.Count);
        Assert.All(reply.Jobs, job => Assert.Equal("noop", job.Name));
        Assert.Null(reply.FetchFault);
    }

    [Fact]
    public async Task A_poisoned_add_fails_alone()
    {
        await PoisonAsync("broken");
        var jobs = Enumerable.Range(0, GroupSize).Select(i => Job(i == 20 ? "broken" : "")).ToList();

        var replies = await new AddJobs(_runner, _keys).RunAsync(jobs, withText: true);

        Assert.Contains("WRONGTYPE", replies[20].Fault, StringComparison.Ordinal);
        Assert.All(replies.Where((_, i) => i != 20), reply => Assert.NotNull(reply.Id));
        Assert.Equal(GroupSize - 1, await RedisServer.Shared.Database.ListLengthAsync(_keys.Wait));
    }

    [Fact]
    public async Task A_job_that_cannot_be_taken_is_reported_and_those_beside_it_are_replied()
    {
        await AddAsync(10);
        await PoisonAsync("5");

        var reply = await new FinishJobs(_runner, _keys).RunAsync([], 10, Now, _terms);

        Assert.Contains("WRONGTYPE", reply.FetchFault, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "6", "7", "8", "9", "10"], reply.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task A_reply_takes_no_more_jobs_after_one_mebibyte()
    {
        var large = Encoding.UTF8.GetBytes($"\"{new string('x', 400_000)}\"");
        await new AddJobs(_runner, _keys).RunAsync([.. Enumerable.Range(0, 6).Select(_ => Job("") with { Data = large })], withText: true);
        var finish = new FinishJobs(_runner, _keys);

        Assert.Equal(["1", "2", "3"], (await finish.RunAsync([], 6, Now, _terms)).Jobs.Select(job => job.Id));
        Assert.Equal(["4", "5", "6"], (await finish.RunAsync([], 6, Now, _terms)).Jobs.Select(job => job.Id));
    }

    private static JobToAdd Job(string id) => new()
    {
        Id = id,
        Name = "noop",
        Data = Encoding.UTF8.GetBytes("{}"),
        OptionsJson = Encoding.UTF8.GetBytes("{\"attempts\":3}"),
        Timestamp = Now,
    };

    private static Settlement Settle(SettlementKind kind, string id) => new()
    {
        Kind = kind,
        JobId = id,
        Token = "worker:1",
        Value = Encoding.UTF8.GetBytes("null"),
        DelayMs = 60_000,
        Attempts = 3,
        FailedReason = kind is SettlementKind.Failed or SettlementKind.Retried ? "it failed" : null,
    };

    private async Task AddAsync(int count)
    {
        var replies = await new AddJobs(_runner, _keys).RunAsync([.. Enumerable.Range(0, count).Select(_ => Job(""))], withText: true);
        Assert.All(replies, reply => Assert.Null(reply.Fault));
    }

    private async Task PoisonAsync(string id)
    {
        await RedisServer.Shared.Database.KeyDeleteAsync(_keys.Job(id));
        await RedisServer.Shared.Database.ListLeftPushAsync(_keys.Job(id), "not a hash");
    }
}
