using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail;

/// <summary>The host's own jobs of one queue as the outbox sees them. A row stays until its job has ended.</summary>
internal sealed class JobOutboxStore(QueueName queue, Database database, Statements statements) : IOutboxStore<JobOutboxRow>
{
    private readonly string _queue = queue.Value;

    public Task<IReadOnlyList<JobOutboxRow>> LeaseWantedAsync(
        int limit, long now, long leaseUntil, CancellationToken cancellationToken) =>
        LeaseAsync(JobSql.LeaseWanted, new { queue = _queue, limit, now, leaseUntil }, cancellationToken);

    public Task<IReadOnlyList<JobOutboxRow>> LeaseOverdueAsync(
        int limit, long now, long checkAt, CancellationToken cancellationToken) =>
        LeaseAsync(JobSql.LeaseOverdue, new { queue = _queue, limit, now, checkAt }, cancellationToken);

    public Task ConfirmAsync(IReadOnlyList<JobOutboxRow> rows, string epoch, long checkAt, CancellationToken cancellationToken) =>
        ExecuteAsync(JobSql.ConfirmJobs, new { ids = rows.Select(row => row.Id).ToArray(), epoch, checkAt }, cancellationToken);

    public Task<int> WantAgainAsync(string epoch, long now, int limit, CancellationToken cancellationToken) =>
        ExecuteAsync(JobSql.WantAgain, new { queue = _queue, epoch, now, limit }, cancellationToken);

    // A job that is gone from a queue that kept its memory has ended and was removed; only one in no list was lost.
    public Task SettleAsync(IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                foreach (var finding in findings)
                {
                    var name = finding.Kind == OutboxFindingKind.Lost ? JobSql.WantJob : JobSql.DeleteJob;
                    await statements.ExecuteAsync(transaction, name, new { id = finding.Id, now }, token).ConfigureAwait(false);
                }

                return findings.Count;
            },
            cancellationToken);

    public NewJob<RawJson> CreateJob(JobOutboxRow row) =>
        new(row.Name, new RawJson(Encoding.UTF8.GetBytes(row.Data)), JobOptionsText.Read(row.Options));

    // The ends of jobs are found out by asking, not from events.
    public string? RowOf(string jobId) => null;

    public Task<string?> ReadEventPositionAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task SaveEventPositionAsync(string position, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CleanAsync(long now, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<int> ExecuteAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, name, parameters, token), cancellationToken);

    private Task<IReadOnlyList<JobOutboxRow>> LeaseAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<JobOutboxRow>>(
            async (transaction, token) =>
            {
                var ids = await statements.QueryAsync<string>(transaction, name, parameters, token).ConfigureAwait(false);
                return ids.Count == 0
                    ? []
                    : await statements.QueryAsync<JobOutboxRow>(transaction, JobSql.LoadJobs, new { ids = ids.ToArray() }, token)
                        .ConfigureAwait(false);
            },
            cancellationToken);
}
