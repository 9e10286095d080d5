using System.Data.Common;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail;

/// <summary>Writes rows that want a job, in transactions of others, and runs steps in transactions of its own.</summary>
internal sealed class JobTransactions(
    Database database, Statements statements, CommitSignal signal, JobSteps steps, TimeProvider clock) : IJobTransactions
{
    public Task<JobId> AddAsync<TPayload>(
        DbTransaction transaction,
        QueueName queue,
        string name,
        TPayload payload,
        JobOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (queue.Value.Length == 0)
        {
            throw new ArgumentException("The queue name is empty; give at least one character.", nameof(queue));
        }

        JobOptionsRules.Check(name, options);
        JobOptionsRules.CheckParent(options);
        var data = JobPayloadJson.Encode(payload);
        JobOptionsRules.CheckSize(data.Length, options);
        var now = clock.GetUtcNow();
        var row = Ids.New(clock);
        var id = options?.Id ?? JobId.Choose($"{JobOutboxes.JobPrefix}-{row}");
        var complete = (options ?? new JobOptions()) with
        {
            Id = id,
            Timestamp = options?.Timestamp ?? now,
            PayloadVersion = options?.PayloadVersion ?? PayloadVersions<TPayload>.Value,
        };
        return database.WriteAsync(
            transaction,
            async (callers, token) =>
            {
                await statements.ExecuteAsync(
                    callers,
                    JobSql.InsertJob,
                    new
                    {
                        id = row, queue = queue.Value, job = id.Value, name, data = Encoding.UTF8.GetString(data),
                        options = JobOptionsText.Write(complete), now = now.ToUnixTimeMilliseconds(),
                    },
                    token).ConfigureAwait(false);
                await signal.AnnounceAsync(callers, token).ConfigureAwait(false);
                return id;
            },
            cancellationToken);
    }

    public async Task<bool> RunOnceAsync<TPayload>(
        Job<TPayload> job,
        string step,
        Func<DbTransaction, CancellationToken, Task> work,
        CancellationToken cancellationToken = default)
    {
        Check(job, step);
        ArgumentNullException.ThrowIfNull(work);
        var (isNew, _) = await steps.RunAsync(
            job,
            step,
            async (transaction, token) =>
            {
                await work(transaction, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return isNew;
    }

    public async Task<TResult> RunOnceAsync<TPayload, TResult>(
        Job<TPayload> job,
        string step,
        Func<DbTransaction, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default)
    {
        Check(job, step);
        ArgumentNullException.ThrowIfNull(work);
        return (await steps.RunAsync(job, step, work, cancellationToken).ConfigureAwait(false)).Result;
    }

    private static void Check<TPayload>(Job<TPayload> job, string step)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (string.IsNullOrEmpty(step) || step.Length > 200)
        {
            throw new ArgumentException(
                $"The step of job '{job.Id}' has {step?.Length ?? 0} characters but must have 1 to 200; name what it does.", nameof(step));
        }
    }
}
