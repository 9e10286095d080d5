using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The send log as the outbox sees it.</summary>
internal sealed class MailOutboxStore(
    Database database, Statements statements, MailEvents events, MailJobs jobs)
    : IOutboxStore<MailJobRow>
{
    public Task<IReadOnlyList<MailJobRow>> LeaseWantedAsync(int limit, long now, long leaseUntil, CancellationToken cancellationToken) =>
        QueryAsync<MailJobRow>(MailSql.LeaseWantedJobs, new { now, until = leaseUntil, count = limit }, cancellationToken);

    public Task ConfirmAsync(IReadOnlyList<string> ids, string epoch, long checkAt, CancellationToken cancellationToken) =>
        ExecuteAsync(MailSql.ConfirmJobs, new { ids = ids.ToArray(), epoch, checkAt }, cancellationToken);

    public Task<int> WantAgainAsync(string epoch, long now, int limit, CancellationToken cancellationToken) =>
        ExecuteAsync(MailSql.WantJobsAgain, new { epoch, now, count = limit }, cancellationToken);

    public Task<IReadOnlyList<MailJobRow>> LeaseOverdueAsync(int limit, long now, long checkAt, CancellationToken cancellationToken) =>
        QueryAsync<MailJobRow>(MailSql.LeaseOverdueJobs, new { now, checkAt, count = limit }, cancellationToken);

    public Task SettleAsync(IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                foreach (var finding in findings)
                {
                    if (finding.Kind == OutboxFindingKind.Lost)
                    {
                        await statements.ExecuteAsync(
                            transaction, MailSql.RenewLostJob, new { id = finding.Id, now }, token).ConfigureAwait(false);
                        continue;
                    }

                    var (status, reason) = Verdict(finding);
                    var parameters = new
                    {
                        id = finding.Id,
                        status = (int)status,
                        reason,
                        sentAt = status == EmailStatus.Sent ? finding.At : (long?)null,
                        at = finding.At,
                        now,
                    };
                    if (await statements.ExecuteAsync(transaction, MailSql.SettleMail, parameters, token).ConfigureAwait(false) > 0
                        && await statements.FirstAsync<MailRow>(
                            transaction, MailSql.FindMail, new { id = finding.Id }, token).ConfigureAwait(false) is { } row)
                    {
                        await events.WriteAsync(transaction, row, row.State, reason, token).ConfigureAwait(false);
                    }
                }

                return findings.Count;
            },
            cancellationToken);

    public NewJob<RawJson> CreateJob(MailJobRow row) => jobs.Create(row);

    public string? RowOf(string jobId) => MailJobs.RowOf(jobId);

    public Task<string?> ReadEventPositionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<string>(
                connection, MailSql.FindEventsPosition, new { queue = MailOptions.QueueName }, token),
            cancellationToken);

    public Task SaveEventPositionAsync(string position, CancellationToken cancellationToken) =>
        ExecuteAsync(MailSql.SaveEventsPosition, new { queue = MailOptions.QueueName, position }, cancellationToken);

    public Task CleanAsync(long now, CancellationToken cancellationToken) =>
        ExecuteAsync(MailSql.DeleteExpiredIdempotency, new { now }, cancellationToken);

    private static (EmailStatus Status, string? Reason) Verdict(OutboxFinding finding) => finding.Kind switch
    {
        OutboxFindingKind.Completed => (EmailStatus.Sent, null),
        OutboxFindingKind.Failed => (EmailStatus.Failed, finding.Reason),
        _ => (EmailStatus.Uncertain, "The job is gone without a trace; whether a worker sent the mail cannot be known."),
    };

    private Task<int> ExecuteAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, name, parameters, token), cancellationToken);

    private Task<IReadOnlyList<TRow>> QueryAsync<TRow>(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.QueryAsync<TRow>(transaction, name, parameters, token), cancellationToken);
}
