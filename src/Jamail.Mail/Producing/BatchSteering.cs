using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>Takes a whole batch back.</summary>
internal sealed class BatchSteering(
    Database database, Statements statements, MailEvents events, MailAudit audit, IJobQueues queues, TimeProvider clock, ILogger<BatchSteering> logger)
{
    private const string Reason = "Cancelled by hand, with its batch.";

    public async Task<EmailBatchCancellation> CancelAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var (cancelled, total) = await database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { batch = id, tenant, reason = Reason, now = clock.UnixMs() };
                if (await statements.ExecuteAsync(own, MailSql.MarkBatchCancelled, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new MailException(
                        MailError.EmailNotFound, $"There is no batch '{MailInput.Shown(id)}'; give the id that sending it returned.");
                }

                var rows = await statements.QueryAsync<MailRow>(own, MailSql.CancelBatch, parameters, token).ConfigureAwait(false);
                await statements.ExecuteAsync(own, MailSql.EndBatchJobs, parameters, token).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    await events.WriteAsync(own, row, EmailStatus.Cancelled, Reason, null, null, "hand", token).ConfigureAwait(false);
                }

                await audit.WriteAsync(own, tenant, "batch.cancelled", id, $"{rows.Count} e-mails", token).ConfigureAwait(false);
                return (rows, await statements.FirstAsync<long>(own, MailSql.CountBatch, parameters, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        await RemoveJobsAsync(cancelled, cancellationToken).ConfigureAwait(false);
        return new EmailBatchCancellation(id, cancelled.Count, (int)total - cancelled.Count);
    }

    // Our workers look at the row before they send. Others do not: so the jobs go too, where Redis answers.
    private async Task RemoveJobsAsync(IReadOnlyList<MailRow> rows, CancellationToken cancellationToken)
    {
        var queue = queues.Inspect(MailOptions.QueueName);
        foreach (var row in rows)
        {
            try
            {
                await queue.RemoveAsync(MailJobRow.Of(row, 0).JobId(MailJobs.IdPrefix), cancellationToken).ConfigureAwait(false);
            }
            catch (JobQueueException fault)
            {
                logger.JobStays(row.Id, fault.Message);
                return;
            }
        }
    }
}
