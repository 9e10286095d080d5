using System.Reflection;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;

namespace Jamail.Interop.Tests.Transactions;

public sealed class OwnJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("transactions");
    private readonly string _prefix = $"t{Guid.NewGuid():N}";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_job_is_added_when_the_transaction_commits_and_never_when_it_rolls_back(string database)
    {
        var ran = new TaskCompletionSource<string>();
        await using var host = await StartAsync(database, (_, job, _) =>
        {
            ran.TrySetResult(job.Payload.GetProperty("order").GetString()!);
            return Done();
        });
        await using var connection = await host.OpenAsync();
        JobId rolledBack, committed;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            rolledBack = await host.Transactions.AddAsync(transaction, TransactionHost.Queue, "n", new { order = "never" });
            await transaction.RollbackAsync();
        }

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            committed = await host.Transactions.AddAsync(
                transaction, TransactionHost.Queue, "n", new { order = "o-1" }, new JobOptions { Priority = 3 });
            Assert.Equal(JobState.Unknown, await host.Inspector.GetStateAsync(committed));
            await transaction.CommitAsync();
        }

        Assert.Equal("o-1", await ran.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(committed), "state");
        Assert.Equal(3, (await host.Inspector.TryGetJobAsync(committed))!.Priority);
        Assert.Equal(JobState.Unknown, await host.Inspector.GetStateAsync(rolledBack));
        Assert.Equal(1, await host.CountAsync(Table(database, "job_outbox")));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_host_that_died_after_the_commit_is_made_good_by_the_next_one_which_forgets_the_job_when_it_is_done(string kind)
    {
        var database = await TransactionHost.NewDatabaseAsync(kind, _folder);
        JobId id;
        await using (var cut = await TransactionHost.StartAsync(database, _folder, _prefix, redis: "127.0.0.1:1"))
        {
            await using var connection = await cut.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            id = await cut.Transactions.AddAsync(transaction, TransactionHost.Queue, "n", 1);
            await transaction.CommitAsync();
        }

        await using (var host = await TransactionHost.StartAsync(database, _folder, _prefix, (_, _, _) => Done()))
        {
            await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(id), "state");
            await Eventually.Equal(1, () => host.CountAsync(Table(kind, "job_outbox") + " where job_state = 2"), "confirmed rows");

            // As when the time is over that a lock and two stalled checks take: until then nobody asks how the job is.
            await host.ExecuteAsync($"update {Table(kind, "job_outbox")} set job_due_at = 0");
        }

        await using var next = await TransactionHost.StartAsync(database, _folder, _prefix);
        await Eventually.Equal(0, () => next.CountAsync(Table(kind, "job_outbox")), "rows");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task Unfinished_jobs_come_back_after_Redis_lost_its_memory(string kind)
    {
        await using var redis = await RedisServer.StartNewAsync();
        var database = await TransactionHost.NewDatabaseAsync(kind, _folder);
        JobId id;
        await using (var host = await TransactionHost.StartAsync(database, _folder, _prefix, redis: redis.ConnectionString))
        {
            await using var connection = await host.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            id = await host.Transactions.AddAsync(
                transaction, TransactionHost.Queue, "n", 1, new JobOptions { Delay = TimeSpan.FromHours(1), Id = JobId.Choose("mine") });
            await transaction.CommitAsync();
            await Eventually.Equal(JobState.Delayed, () => host.Inspector.GetStateAsync(id), "state");
            await Eventually.Equal(1, () => host.CountAsync(Table(kind, "job_outbox") + " where job_state = 2"), "confirmed rows");
        }

        await redis.FlushAllAsync();

        await using var next = await TransactionHost.StartAsync(database, _folder, _prefix, redis: redis.ConnectionString);
        await Eventually.Equal(JobState.Delayed, () => next.Inspector.GetStateAsync(id), "state");
    }

    [Fact]
    public async Task What_cannot_be_added_is_refused_before_anything_is_written()
    {
        await using var host = await StartAsync("postgres", null);
        await using var connection = await host.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var other = new SqliteConnection("Data Source=:memory:");
        await other.OpenAsync();
        await using var foreign = await other.BeginTransactionAsync();

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => host.Transactions.AddAsync(foreign, "q", "n", 1));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Transactions.AddAsync(transaction, default, "n", 1));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Transactions.AddAsync(transaction, "q", "", 1));
        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Transactions.AddAsync(transaction, "q", "n", 1, new JobOptions { Attempts = 0 }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Transactions.AddAsync(transaction, "q", "n", "long", new JobOptions { SizeLimit = 2 }));
        await transaction.CommitAsync();

        Assert.Contains("SqliteTransaction", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountAsync(Table("postgres", "job_outbox")));
    }

    [Fact]
    public void Every_option_survives_the_row()
    {
        var options = new JobOptions
        {
            Attempts = 2, Backoff = new Backoff.Schedule(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), Delay = TimeSpan.FromSeconds(3),
            Priority = 4, Lifo = true, Id = JobId.Choose("own-id"), Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123),
            RemoveOnComplete = JobRetention.For(TimeSpan.FromHours(1), 10, 5), RemoveOnFail = JobRetention.None, KeepLogs = 6,
            StackTraceLimit = 7, SizeLimit = 8, Parent = new JobKey("p", JobId.Parse("9")), ChildFailure = ChildFailure.Ignore, PayloadVersion = 10,
            Deduplication = Deduplication.Debounce("same", TimeSpan.FromSeconds(11)), TimeLimit = TimeSpan.FromSeconds(12),
            Deadline = TimeSpan.FromHours(13), TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TraceState = "congo=t61rcWkgMzE",
        };
        var unset = typeof(JobOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetValue(options) is null);

        var read = JobOptionsText.Read(JobOptionsText.Write(options));

        Assert.Empty(unset.Select(property => property.Name));
        Assert.Equal(((Backoff.Schedule)options.Backoff).Waits, ((Backoff.Schedule)read.Backoff!).Waits);
        Assert.Equal(options with { Backoff = null }, read with { Backoff = null });
        foreach (var other in new JobOptions[]
        {
            new() { Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(1.5), 0.5), RemoveOnFail = JobRetention.Forever },
            new() { Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(1)), RemoveOnFail = JobRetention.Newest(3) },
            new() { Backoff = new Backoff.Custom("own", TimeSpan.FromSeconds(2)) },
        })
        {
            Assert.Equal(other, JobOptionsText.Read(JobOptionsText.Write(other)));
        }
    }

    internal static string Table(string database, string name) => database == "postgres" ? $"jamail.{name}" : name;

    private static Task<JobOutcome> Done() => Task.FromResult<JobOutcome>(new JobOutcome.Completed());

    private async Task<TransactionHost> StartAsync(
        string kind, Func<IJobTransactions, Job<System.Text.Json.JsonElement>, CancellationToken, Task<JobOutcome>>? work) =>
        await TransactionHost.StartAsync(await TransactionHost.NewDatabaseAsync(kind, _folder), _folder, _prefix, work);
}
