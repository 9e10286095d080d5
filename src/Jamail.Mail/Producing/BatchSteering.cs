using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>Takes a whole batch back.</summary>
internal sealed class BatchSteering(
    Database database, Statements statements, MailEvents events, MailAudit audit, IJobQueues queues, OutboxSettings settings, TimeProvider clock,
    ILogger<BatchSteering> logger)
{
    // Calls that are under way together share the connection's round trips.
    private const int RemovedAtOnce = 50;

    private const string Reason = "Cancelled by hand, with its batch.";

    public async Task<EmailBatchCancellation> CancelAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        var (cancelled, jobs, total) = await database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { batch = id, tenant, reason = Reason, now, soon = now + (long)settings.ConfirmWithin.TotalMilliseconds };
                if (await statements.ExecuteAsync(own, MailSql.MarkBatchCancelled, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new MailException(
                        MailError.EmailNotFound, $"There is no batch '{MailInput.Shown(id)}'; give the id that sending it returned.");
                }

                var rows = await statements.QueryAsync<MailRow>(own, MailSql.CancelBatch, parameters, token).ConfigureAwait(false);
                var queued = await statements.QueryAsync<string?>(own, MailSql.EndBatchJobs, parameters, token).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    await events.WriteAsync(own, row, EmailStatus.Cancelled, Reason, null, null, "hand", token).ConfigureAwait(false);
                }

                await audit.WriteAsync(own, tenant, "batch.cancelled", id, $"{rows.Count} e-mails", token).ConfigureAwait(false);
                return (rows, queued.OfType<string>().ToHashSet(StringComparer.Ordinal), await statements.FirstAsync<long>(own, MailSql.CountBatch, parameters, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        await RemoveJobsAsync(cancelled.Where(row => jobs.Contains(row.Id)), cancellationToken).ConfigureAwait(false);
        return new EmailBatchCancellation(id, cancelled.Count, (int)total - cancelled.Count);
    }

    // Our workers look at the row before they send. Others do not: so the jobs go too, where Redis answers.
    private async Task RemoveJobsAsync(IEnumerable<MailRow> rows, CancellationToken cancellationToken)
    {
        var queue = queues.Inspect(MailOptions.QueueName);
        using var away = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RemovedAtOnce, CancellationToken = away.Token };
        try
        {
            await Parallel.ForEachAsync(rows, parallel, RemoveAsync).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The first that failed has said why.
        }

        async ValueTask RemoveAsync(MailRow row, CancellationToken token)
        {
            try
            {
                await queue.RemoveAsync(MailJobRow.Of(row, 0).JobId(MailJobs.IdPrefix), token).ConfigureAwait(false);
            }
            catch (JobQueueException fault)
            {
                if (!away.IsCancellationRequested)
                {
                    logger.JobStays(row.Id, fault.Message);
                    await away.CancelAsync().ConfigureAwait(false);
                }
            }
        }
    }
}
