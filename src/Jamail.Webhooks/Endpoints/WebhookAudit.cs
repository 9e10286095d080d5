using System.Data.Common;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>The table webhook_audit. Who acts travels with the code that runs, as a trace does.</summary>
internal sealed class WebhookAudit(Database database, Statements statements, EndpointStore endpoints, TimeProvider clock) : IWebhookAudit
{
    public const string Read = "secret.read";
    public const string Rotated = "secret.rotated";
    public const string Expired = "secret.expired";

    private const string Host = "host";
    private const int LongestActor = 200;

    private readonly AsyncLocal<string?> _actor = new();

    public IDisposable ActAs(string actor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(actor.Length, LongestActor);
        var before = _actor.Value;
        _actor.Value = actor;
        return new Scope(this, before);
    }

    public async Task<Page<WebhookAuditEntry>?> TryListAsync(
        string webhookId, string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = Paging.Begin(cursor, pageSize);
        if (await endpoints.FindAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } endpoint)
        {
            return null;
        }

        var parameters = new { webhookId = endpoint.Id, at = after.At, id = after.Id, limit = pageSize + 1 };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<AuditRow>(connection, WebhookSql.ListAudit, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, pageSize, row => row.ToEntry(), row => new PageCursor(row.At, row.Id));
    }

    /// <summary>Notes what is about to happen; committed when the task completes.</summary>
    public Task WriteAsync(string webhookId, string action, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await WriteAsync(transaction, webhookId, action, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Notes a change in the transaction that makes it.</summary>
    public Task WriteAsync(DbTransaction transaction, string webhookId, string action, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            WebhookSql.InsertAudit,
            new { id = Ids.New(clock), webhookId, now = clock.UnixMs(), actor = _actor.Value ?? Host, action },
            cancellationToken);

    private sealed class Scope(WebhookAudit audit, string? before) : IDisposable
    {
        public void Dispose() => audit._actor.Value = before;
    }
}
