using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The send log as the outbox sees it.</summary>
internal sealed class MailOutboxStore(
    Database database, Statements statements, MailEvents events, MailJobs jobs, ContentRetention retention, MailRows rows, ExpiredClaims expired)
    : IOutboxStore<MailJobRow>
{
    public Task<IReadOnlyList<MailJobRow>> LeaseWantedAsync(int limit, long now, long leaseUntil, CancellationToken cancellationToken) =>
        QueryAsync<MailJobRow>(MailSql.LeaseWantedJobs, new { now, until = leaseUntil, count = limit }, cancellationToken);

    public Task ConfirmAsync(IReadOnlyList<MailJobRow> rows, string epoch, long checkAt, CancellationToken cancellationToken) =>
        database.WriteOftenAsync(
            (connection, transaction, token) => statements.ExecuteAsync(
                connection,
                transaction,
                [MailSql.ConfirmJobs],
                database.Dialect == SqlDialect.Postgres
                    ? new
                    {
                        ids = rows.Select(row => row.Id).ToArray(),
                        leases = rows.Select(row => row.LeasedUntil).ToArray(),
                        epoch,
                        checkAt,
                    }
                    : new { items = JsonSerializer.Serialize(rows.Select(row => new { id = row.Id, lease = row.LeasedUntil })), epoch, checkAt },
                token),
            cancellationToken);

    public async Task<int> WantAgainAsync(string epoch, long now, int limit, CancellationToken cancellationToken) =>
        (await QueryAsync<string>(MailSql.WantJobsAgain, new { epoch, now, count = limit }, cancellationToken).ConfigureAwait(false)).Count;

    public Task<IReadOnlyList<MailJobRow>> LeaseOverdueAsync(int limit, long now, long checkAt, CancellationToken cancellationToken) =>
        QueryAsync<MailJobRow>(MailSql.LeaseOverdueJobs, new { now, checkAt, count = limit }, cancellationToken);

    public async Task SettleAsync(IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken)
    {
        // Most of what the queue tells is of mails that a worker of ours has brought to their end.
        var ids = findings.Select(finding => finding.Id).Distinct().ToArray();
        var unsettled = (await database.ReadOftenAsync(
            (connection, token) => statements.QueryAsync<string>(connection, MailSql.FindUnsettled, new { ids }, token),
            cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var news = findings.Where(finding => unsettled.Contains(finding.Id)).ToList();
        var left = news.Count == 0 ? [] : await database.WriteAsync(
            (transaction, token) => SettleAsync(transaction, news, now, token), cancellationToken).ConfigureAwait(false);
        foreach (var id in left)
        {
            if (await rows.FindAsync(id, cancellationToken).ConfigureAwait(false) is { State: EmailStatus.Sending } row && row.ClaimUntil < now)
            {
                await expired.EndAsync(row, NextJob.New, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public NewJob<RawJson> CreateJob(MailJobRow row) => jobs.Create(row);

    public string? RowOf(string jobId) => MailJobs.RowOf(jobId);

    public Task<string?> ReadEventPositionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<string>(
                connection, MailSql.FindEventsPosition, new { queue = MailOptions.QueueName }, token),
            cancellationToken);

    public Task SaveEventPositionAsync(string position, CancellationToken cancellationToken) =>
        ExecuteAsync(MailSql.SaveEventsPosition, new { queue = MailOptions.QueueName, position }, cancellationToken);

    public async Task CleanAsync(long now, CancellationToken cancellationToken)
    {
        await retention.CleanAsync(now, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(MailSql.DeleteExpiredIdempotency, new { now }, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Those whose jobs ended while a worker may have been sending them.</returns>
    private async Task<List<string>> SettleAsync(
        DbTransaction transaction, IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var finding in findings)
        {
            if (finding.Kind == OutboxFindingKind.Lost)
            {
                if (await statements.ExecuteAsync(
                    transaction, MailSql.RenewLostJob, new { id = finding.Id }, cancellationToken).ConfigureAwait(false) > 0)
                {
                    await statements.WantJobAsync(transaction, finding.Id, now, cancellationToken).ConfigureAwait(false);
                }

                continue;
            }

            var end = Verdict(finding);
            var parameters = new
            {
                id = finding.Id,
                status = (int)end.Status,
                reason = end.Status == EmailStatus.Sent ? null : end.Reason,
                sentAt = end.Status == EmailStatus.Sent ? finding.At : (long?)null,
                at = finding.At,
                seq = finding.JobSeq,
                now,
            };
            var changed = await statements.ExecuteAsync(
                transaction, MailSql.SettleMail, parameters, cancellationToken).ConfigureAwait(false) > 0;
            if (changed)
            {
                await statements.EndJobAsync(transaction, finding.Id, cancellationToken).ConfigureAwait(false);
            }

            if (!changed && finding.Kind != OutboxFindingKind.Completed)
            {
                left.Add(finding.Id);
            }
            else if (changed && await rows.FindAsync(transaction, finding.Id, cancellationToken).ConfigureAwait(false) is { } row)
            {
                await events.WriteAsync(transaction, row, end, cancellationToken).ConfigureAwait(false);
            }
        }

        return left;
    }

    private static AttemptEnd Verdict(OutboxFinding finding) => finding.Kind switch
    {
        OutboxFindingKind.Completed => new AttemptEnd(EmailStatus.Sent, ""),
        OutboxFindingKind.Failed => new AttemptEnd(EmailStatus.Failed, finding.Reason ?? "The job failed without a reason."),
        _ => new AttemptEnd(
            EmailStatus.Uncertain, "The job is gone without a trace; whether a worker sent the mail cannot be known."),
    };

    private Task<int> ExecuteAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, name, parameters, token), cancellationToken);

    private Task<IReadOnlyList<TRow>> QueryAsync<TRow>(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.QueryAsync<TRow>(transaction, name, parameters, token), cancellationToken);
}
