using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail;

/// <summary>The notes which steps of which jobs are done.</summary>
internal sealed class JobSteps(Database database, Statements statements, TimeProvider clock)
{
    /// <summary>Longer than a failed job is usually kept to be run again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Runs the work and notes its result, unless there is a note.</summary>
    /// <returns>Whether the work ran, and the result of the run that took effect.</returns>
    public Task<(bool IsNew, TResult Result)> RunAsync<TPayload, TResult>(
        Job<TPayload> job,
        string step,
        Func<DbTransaction, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken)
    {
        // Redis may give a number again after it lost its memory; then the job was added at another time.
        var key = new { queue = job.Queue.Value, job = job.Id.Value, addedAt = job.AddedAt.ToUnixTimeMilliseconds(), step };
        return database.WriteAsync(
            async (transaction, token) =>
            {
                var inserted = await statements.ExecuteAsync(
                    transaction, JobSql.InsertStep, new { key.queue, key.job, key.addedAt, key.step, now = clock.UnixMs() }, token)
                    .ConfigureAwait(false);
                if (inserted == 0)
                {
                    var text = await statements.FirstAsync<string>(transaction, JobSql.ReadStep, key, token).ConfigureAwait(false);
                    return (false, JsonSerializer.Deserialize<TResult>(text ?? "null", JobPayloadJson.Options)!);
                }

                var result = await work(transaction, token).ConfigureAwait(false);
                await statements.ExecuteAsync(
                    transaction,
                    JobSql.FinishStep,
                    new { key.queue, key.job, key.addedAt, key.step, result = JsonSerializer.Serialize(result, JobPayloadJson.Options) },
                    token).ConfigureAwait(false);
                return (true, result);
            },
            cancellationToken);
    }

    public Task CleanAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(
                transaction, JobSql.CleanSteps, new { before = clock.UnixMs() - (long)Kept.TotalMilliseconds }, token),
            cancellationToken);
}
