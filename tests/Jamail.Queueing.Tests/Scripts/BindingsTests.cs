using System.Text;
using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Queueing.Tests.Scripts;

/// <summary>The bindings hand their scripts what these read, and read what these reply.</summary>
public sealed class BindingsTests
{
    private const long Now = 1_700_000_000_000;

    private readonly QueueKeys _keys = new("bull", $"bindings-{Guid.NewGuid():N}");
    private readonly ScriptRunner _runner = SharedScripts.With(PausedLayout.Auto);
    private readonly FetchTerms _terms = new("worker:1", 60_000, WorkerName: "host-a");

    private static IDatabase Redis => RedisServer.Shared.Database;

    private Queueing.Inspection Stored => new(() => Redis, _runner, _keys);

    private Maintenance Maintenance => new(_runner, _keys);

    [Fact]
    public async Task A_job_taken_has_all_that_its_hash_holds()
    {
        await AddAsync(Job() with { Id = "mail-1", Priority = 3, DelayMs = 0 });

        var job = Assert.Single((await new FinishJobs(_runner, _keys).RunAsync([], 1, Now + 5, _terms)).Jobs);
        var stored = await Stored.GetJobAsync("mail-1");

        Assert.Equivalent(stored, job);
        Assert.Equal(
            ("mail-1", "noop", "{\"n\":1}", Now, 3, 1, Now + 5, "host-a"),
            (job.Id, job.Name!, Encoding.UTF8.GetString(job.Data!), job.Timestamp, job.Priority, job.AttemptsStarted,
                job.ProcessedOn, job.ProcessedBy!));
    }

    [Fact]
    public async Task Counts_states_and_ranges_tell_where_jobs_are()
    {
        await AddAsync(Job(), Job(), Job() with { DelayMs = 1000 }, Job() with { Priority = 1 });

        Assert.Equal(new JobCounts(2, 0, 1, 1, 0, 0, 0), await Stored.GetCountsAsync());
        Assert.Equal(JobState.Waiting, await Stored.GetStateAsync("1"));
        Assert.Equal(JobState.Delayed, await Stored.GetStateAsync("3"));
        Assert.Equal(JobState.Prioritized, await Stored.GetStateAsync("4"));
        Assert.Equal(JobState.Unknown, await Stored.GetStateAsync("5"));
        Assert.Equal(["1", "2"], await Stored.GetRangeAsync("wait", 0, 9, ascending: true));
        Assert.Equal(["2", "1"], await Stored.GetRangeAsync("wait", 0, 9, ascending: false));
        Assert.Equal(["3"], await Stored.GetRangeAsync("delayed", 0, 9, ascending: true));
        Assert.Null(await Stored.GetJobAsync("5"));
    }

    [Fact]
    public async Task A_delayed_job_is_promoted_once_and_then_refused_by_name()
    {
        await AddAsync(Job() with { DelayMs = 1000 });
        await Maintenance.PromoteAsync("1");
        Assert.Equal(JobState.Waiting, await Stored.GetStateAsync("1"));

        var refusal = await Assert.ThrowsAsync<JobQueueException>(() => Maintenance.PromoteAsync("1"));

        Assert.Equal(JobQueueError.InvalidState, refusal.Error);
        Assert.Contains(_keys.Queue.Value, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_outcome_by_itself_is_settled_like_one_in_a_group(bool byItself)
    {
        var finish = new FinishJobs(_runner, _keys);
        await AddAsync(Job(), Job(), Job(), Job(), Job(), Job());
        await RedisServer.Shared.Database.SetAddAsync(_keys.Dependencies("6"), "bull:q:child");
        await finish.RunAsync([], 6, Now, _terms);
        SettlementKind[] kinds = Enum.GetValues<SettlementKind>();
        var outcomes = kinds.Select((kind, i) => new Settlement
        {
            Kind = kind,
            JobId = $"{i + 1}",
            Token = "worker:1",
            Value = Encoding.UTF8.GetBytes("\"value\""),
            Attempts = 1,
            DelayMs = 1000,
            CountsAttempt = true,
            FailedReason = "why",
            StackTraceJson = "[\"at\"]",
            Keep = new KeepJobs(10, 3600, 100),
        }).ToList();
        outcomes.Add(outcomes[0]);

        var settled = byItself
            ? [.. await Task.WhenAll(outcomes.Select(outcome => new SettleOne(_runner, _keys).RunAsync(outcome, Now, _terms)))]
            : (await finish.RunAsync(outcomes, 0, Now, _terms)).Settled;

        Assert.Equal([0, 0, 0, 0, 0, 0, -2], settled.Select(reply => reply.Code));
        Assert.Equal(new JobCounts(2, 0, 1, 0, 1, 1, 1), await Stored.GetCountsAsync());
        var delayed = await Stored.GetJobAsync("3");
        Assert.Equal(("why", "[\"at\"]", 1, 1000L), (delayed!.FailedReason!, delayed.StackTraceJson!, delayed.AttemptsMade, delayed.DelayMs));
        Assert.Equal("\"value\"", (await Stored.GetJobAsync("1"))!.ReturnValue);
    }

    [Fact]
    public async Task A_finished_job_runs_again_and_a_removed_one_is_gone()
    {
        var finish = new FinishJobs(_runner, _keys);
        await AddAsync(Job());
        await finish.RunAsync([], 1, Now, _terms);
        await finish.RunAsync([new Settlement { Kind = SettlementKind.Completed, JobId = "1", Token = "worker:1" }], 0, Now, _terms);

        await Maintenance.ReprocessAsync("1", JobState.Completed);
        Assert.Equal(JobState.Waiting, await Stored.GetStateAsync("1"));
        await Maintenance.UpdateProgressAsync("1", Encoding.UTF8.GetBytes("42"));
        Assert.Equal("42", (await Stored.GetJobAsync("1"))!.ProgressJson);
        Assert.Equal(1, await Maintenance.AddLogAsync("1", "a", 1));
        Assert.Equal(1, await Maintenance.AddLogAsync("1", "b", 1));
        Assert.Equal(["b"], await Stored.GetLogsAsync("1"));
        Assert.True(await Maintenance.RemoveAsync("1"));
        Assert.Null(await Stored.GetJobAsync("1"));
        Assert.Equal(
            JobQueueError.JobNotFound,
            (await Assert.ThrowsAsync<JobQueueException>(() => Maintenance.AddLogAsync("1", "c", null))).Error);
    }

    [Fact]
    public async Task Locks_are_renewed_lost_ones_are_named_and_jobs_without_one_go_back()
    {
        await AddAsync(Job(), Job());
        await new FinishJobs(_runner, _keys).RunAsync([], 2, Now, _terms);
        await Redis.KeyDeleteAsync(_keys.Lock("1"));
        var stalled = new MoveStalledJobs(_runner, _keys);
        Assert.Empty(await stalled.RunAsync(1, Now, 60_000));

        Assert.Equal(["1"], await new ExtendLocks(_runner, _keys).RunAsync(["1", "2"], ["worker:1", "worker:1"], 60_000));
        Assert.Empty(await stalled.RunAsync(1, Now, 60_000));
        await Redis.KeyDeleteAsync(_keys.StalledCheck);

        Assert.Equal(["1"], await stalled.RunAsync(1, Now, 60_000));
        Assert.Equal(JobState.Active, await Stored.GetStateAsync("2"));
    }

    [Fact]
    public async Task A_server_that_has_forgotten_the_scripts_gets_them_again()
    {
        await AddAsync(Job());
        Assert.Equal(1, (await Stored.GetCountsAsync()).Waiting);
        await Redis.ExecuteAsync("SCRIPT", "FLUSH");
        Assert.Equal(1, (await Stored.GetCountsAsync()).Waiting);
    }

    private static JobToAdd Job() => new()
    {
        Name = "noop",
        Data = Encoding.UTF8.GetBytes("{\"n\":1}"),
        OptionsJson = Encoding.UTF8.GetBytes("{\"attempts\":3}"),
        Timestamp = Now,
    };

    private async Task AddAsync(params JobToAdd[] jobs)
    {
        var replies = await new AddJobs(_runner, _keys).RunAsync(jobs, withText: true);
        Assert.All(replies, reply => Assert.Null(reply.Fault));
    }
}
