using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Transactions;

public sealed class RunOnceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("steps");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_step_of_a_job_that_is_run_again_takes_effect_once_and_gives_the_same_result(string database)
    {
        var results = new ConcurrentQueue<string>();
        await using var host = await StartAsync(database, async (transactions, job, cancellationToken) =>
        {
            var isNew = await transactions.RunOnceAsync(job, "charge", InsertAsync, cancellationToken);
            var number = await transactions.RunOnceAsync(job, "number", (_, _) => Task.FromResult($"r-{job.Attempt}"), cancellationToken);
            results.Enqueue($"{isNew} {number}");
            return job.Attempt < 3 ? throw new InvalidOperationException("again") : new JobOutcome.Completed();
        });
        await host.ExecuteAsync("create table effect (n integer)");

        var id = await AddAsync(host, new JobOptions { Attempts = 3 });

        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(id), "state");
        Assert.Equal(["True r-1", "False r-1", "False r-1"], results);
        Assert.Equal(1, await host.CountAsync("effect"));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_step_that_throws_leaves_nothing_and_runs_again(string database)
    {
        await using var host = await StartAsync(database, async (transactions, job, cancellationToken) =>
        {
            await transactions.RunOnceAsync(
                job,
                "charge",
                async (transaction, token) =>
                {
                    await InsertAsync(transaction, token);
                    if (job.Attempt == 1)
                    {
                        throw new InvalidOperationException("half-way");
                    }
                },
                cancellationToken);
            return new JobOutcome.Completed();
        });
        await host.ExecuteAsync("create table effect (n integer)");

        var id = await AddAsync(host, new JobOptions { Attempts = 2 });

        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(id), "state");
        Assert.Equal(1, await host.CountAsync("effect"));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task Ten_runs_of_a_step_at_the_same_time_take_effect_once(string database)
    {
        await using var host = await StartAsync(database, null);
        await host.ExecuteAsync("create table effect (n integer)");
        var job = new Job<JsonElement> { Id = JobId.Parse("7"), Name = "n", Queue = TransactionHost.Queue, Payload = default };

        var isNew = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => host.Transactions.RunOnceAsync(job, "charge", InsertAsync))));

        Assert.Single(isNew, ran => ran);
        Assert.Equal(1, await host.CountAsync("effect"));
        Assert.True(await host.Transactions.RunOnceAsync(job, "other", InsertAsync));
        Assert.True(await host.Transactions.RunOnceAsync(job with { AddedAt = DateTimeOffset.UnixEpoch }, "charge", InsertAsync));
        Assert.Equal(3, await host.CountAsync("effect"));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Transactions.RunOnceAsync(job, "", InsertAsync));
    }

    private static Task InsertAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        TransactionHost.ExecuteAsync(transaction.Connection!, transaction, "insert into effect (n) values (1)");

    private static async Task<JobId> AddAsync(TransactionHost host, JobOptions options)
    {
        await using var connection = await host.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var id = await host.Transactions.AddAsync(transaction, TransactionHost.Queue, "n", 1, options);
        await transaction.CommitAsync();
        return id;
    }

    private async Task<TransactionHost> StartAsync(
        string kind, Func<IJobTransactions, Job<JsonElement>, CancellationToken, Task<JobOutcome>>? work) =>
        await TransactionHost.StartAsync(
            await TransactionHost.NewDatabaseAsync(kind, _folder), _folder, $"s{Guid.NewGuid():N}", work);
}
