using System.Data.Common;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The table mail_audit. Who acts travels with the code that runs, as a trace does.</summary>
internal sealed class MailAudit(Database database, Statements statements, TimeProvider clock) : IMailAudit
{
    private const string Host = "host";
    private const int LongestActor = 200;
    private const int MaxPageSize = 200;

    private readonly AsyncLocal<string?> _actor = new();
    private long _last;

    public IDisposable ActAs(string actor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(actor.Length, LongestActor);
        var before = _actor.Value;
        _actor.Value = actor;
        return new Scope(this, before);
    }

    public async Task<Page<MailAuditEntry>> ListAsync(string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = MailInput.Cursor(cursor, pageSize, MaxPageSize);
        var parameters = new { tenant, at = after.At, id = after.Id, count = pageSize + 1 };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<AuditRow>(connection, MailSql.ListAudit, parameters, token), cancellationToken).ConfigureAwait(false);
        var items = rows.Take(pageSize).ToList();
        return new Page<MailAuditEntry>(
            items.ConvertAll(row => row.ToEntry()),
            rows.Count > pageSize ? new PageCursor(items[^1].At, items[^1].Id).Encode() : null);
    }

    /// <summary>Notes a change in the transaction that makes it.</summary>
    /// <param name="transaction">The change's.</param>
    /// <param name="tenant">Whose thing it is.</param>
    /// <param name="action">What is done.</param>
    /// <param name="subject">To what.</param>
    /// <param name="detail">More of it, for people.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="hash">Of a subject that is an address, so that it can be erased.</param>
    public Task WriteAsync(
        DbTransaction transaction,
        string tenant,
        string action,
        string subject,
        string? detail,
        CancellationToken cancellationToken,
        byte[]? hash = null) =>
        statements.ExecuteAsync(
            transaction,
            MailSql.InsertAudit,
            new { id = Ids.New(clock), tenant, now = Next(), actor = _actor.Value ?? Host, action, subject, hash, detail },
            cancellationToken);

    // Two changes of one host within a millisecond keep their order.
    private long Next()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(clock.UnixMs(), last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    private sealed class Scope(MailAudit audit, string? before) : IDisposable
    {
        public void Dispose() => audit._actor.Value = before;
    }
}
