using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>The signing secrets of endpoints.</summary>
internal sealed class SecretStore(Database database, Statements statements, SecretColumn column, TimeProvider clock)
{
    /// <summary>Most that sign at the same time.</summary>
    public const int MaxLive = 5;

    public Task<IReadOnlyList<LiveSecret>> ListAsync(string webhookId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) => Read(await statements.QueryAsync<SecretRow>(
                connection, WebhookSql.ListSecrets, Living(webhookId), token).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>Makes another secret the current one; the old one goes on signing beside it until its grace ends.</summary>
    /// <returns>False when too many would sign.</returns>
    public Task<bool> TryRotateAsync(
        string webhookId, WebhookSecret secret, TimeSpan grace, WebhookAudit audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var now = clock.UnixMs();
                await ExecuteAsync(transaction, WebhookSql.TouchEndpoint, new { id = webhookId, now }, token).ConfigureAwait(false);
                await ExecuteAsync(transaction, WebhookSql.DeleteOldSecrets, new { webhookId, before = now }, token).ConfigureAwait(false);
                var living = await statements.QueryAsync<SecretRow>(
                    transaction, WebhookSql.ListSecrets, Living(webhookId), token).ConfigureAwait(false);
                if (grace > TimeSpan.Zero && living.Count >= MaxLive)
                {
                    return false;
                }

                await ExecuteAsync(
                    transaction, WebhookSql.RetireSecret, new { webhookId, expiresAt = now + (long)grace.TotalMilliseconds }, token)
                    .ConfigureAwait(false);
                await InsertAsync(transaction, webhookId, secret, token).ConfigureAwait(false);
                await audit.WriteAsync(transaction, webhookId, WebhookAudit.Rotated, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Only the current secret signs from now on.</summary>
    public Task ExpireOldAsync(string webhookId, WebhookAudit audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await ExecuteAsync(
                    transaction, WebhookSql.TouchEndpoint, new { id = webhookId, now = clock.UnixMs() }, token).ConfigureAwait(false);
                await audit.WriteAsync(transaction, webhookId, WebhookAudit.Expired, token).ConfigureAwait(false);
                return await ExecuteAsync(
                    transaction, WebhookSql.DeleteOldSecrets, new { webhookId, before = long.MaxValue }, token).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<int> InsertAsync(
        DbTransaction transaction, string webhookId, WebhookSecret secret, CancellationToken cancellationToken) =>
        ExecuteAsync(
            transaction,
            WebhookSql.InsertSecret,
            new { id = Ids.New(clock), webhookId, key = column.Protect(secret), now = clock.UnixMs() },
            cancellationToken);

    public async Task ReplaceAsync(
        DbTransaction transaction, string webhookId, WebhookSecret secret, CancellationToken cancellationToken)
    {
        await DeleteAsync(transaction, webhookId, cancellationToken).ConfigureAwait(false);
        await InsertAsync(transaction, webhookId, secret, cancellationToken).ConfigureAwait(false);
    }

    public Task<int> DeleteAsync(DbTransaction transaction, string webhookId, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, WebhookSql.DeleteSecrets, new { webhookId }, cancellationToken);

    private object Living(string webhookId) => new { webhookId, now = clock.UnixMs() };

    private IReadOnlyList<LiveSecret> Read(IReadOnlyList<SecretRow> rows) =>
        [.. rows.Select(row => new LiveSecret(column.Read(row.Key), row.ExpiresAt))];

    private Task<int> ExecuteAsync(DbTransaction transaction, string name, object parameters, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(transaction, name, parameters, cancellationToken);
}
