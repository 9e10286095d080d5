using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Endpoints in the database.</summary>
internal sealed class EndpointStore(Database database, Statements statements, SecretColumn secrets, TimeProvider clock)
{
    public Task<EndpointRow?> FindAsync(string? id, string tenant, CancellationToken cancellationToken) =>
        id is null
            ? Task.FromResult<EndpointRow?>(null)
            : database.ReadAsync(
                (connection, token) => statements.FirstAsync<EndpointRow>(
                    connection, WebhookSql.FindEndpoint, new { id, tenant }, token),
                cancellationToken);

    public Task<IReadOnlyList<EndpointRow>> ListAsync(
        string tenant, PageCursor after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<EndpointRow>(
                connection, WebhookSql.ListEndpoints, new { tenant, at = after.At, id = after.Id, limit }, token),
            cancellationToken);

    public Task<EndpointRow> InsertAsync(EndpointRow row, WebhookSecret secret, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var parameters = new
                {
                    id = row.Id,
                    tenant = row.TenantId,
                    url = row.Url,
                    description = row.Description,
                    events = row.EventTypes,
                    status = row.Status,
                    now = row.CreatedAt,
                };
                await statements.ExecuteAsync(transaction, WebhookSql.InsertEndpoint, parameters, token).ConfigureAwait(false);
                await InsertSecretAsync(transaction, row.Id, secret, token).ConfigureAwait(false);
                return row;
            },
            cancellationToken);

    public Task UpdateAsync(EndpointRow row, WebhookSecret? secret, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var parameters = new
                {
                    id = row.Id,
                    url = row.Url,
                    description = row.Description,
                    events = row.EventTypes,
                    now = row.UpdatedAt,
                };
                await statements.ExecuteAsync(transaction, WebhookSql.UpdateEndpoint, parameters, token).ConfigureAwait(false);
                if (secret is not null)
                {
                    await DeleteSecretsAsync(transaction, row.Id, token).ConfigureAwait(false);
                    await InsertSecretAsync(transaction, row.Id, secret, token).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Deletes an endpoint for its owner; its row stays for the history.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await SetStatusAsync(transaction, id, EndpointRow.Deleted, null, token).ConfigureAwait(false);
                await DeleteSecretsAsync(transaction, id, token).ConfigureAwait(false);
                return await DiscardAsync(transaction, id, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>An endpoint that wants nothing more: what waits for it is discarded.</summary>
    public async Task MarkGoneAsync(DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        await SetStatusAsync(
            transaction, id, (int)WebhookEndpointStatus.Gone, "The endpoint answered 410.", cancellationToken).ConfigureAwait(false);
        await DiscardAsync(transaction, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The secrets that sign now, the current one first.</summary>
    public async Task<IReadOnlyList<WebhookSecret>> SecretsAsync(
        DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        Read(await statements.QueryAsync<byte[]>(transaction, WebhookSql.ListSecrets, SecretsOf(id), cancellationToken)
            .ConfigureAwait(false));

    public async Task<IReadOnlyList<WebhookSecret>> SecretsAsync(string id, CancellationToken cancellationToken) =>
        Read(await database.ReadAsync(
            (connection, token) => statements.QueryAsync<byte[]>(connection, WebhookSql.ListSecrets, SecretsOf(id), token),
            cancellationToken).ConfigureAwait(false));

    private object SecretsOf(string id) => new { webhookId = id, now = clock.UnixMs() };

    private List<WebhookSecret> Read(IReadOnlyList<byte[]> columns) => [.. columns.Select(secrets.Read)];

    private Task<int> SetStatusAsync(
        DbTransaction transaction, string id, int status, string? reason, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction, WebhookSql.SetEndpointStatus, new { id, status, reason, now = clock.UnixMs() }, cancellationToken);

    private Task<int> DiscardAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction, WebhookSql.DiscardDeliveries, new { webhookId = id, now = clock.UnixMs() }, cancellationToken);

    private Task<int> InsertSecretAsync(
        DbTransaction transaction, string id, WebhookSecret secret, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            WebhookSql.InsertSecret,
            new { id = Ids.New(clock), webhookId = id, key = secrets.Protect(secret), now = clock.UnixMs() },
            cancellationToken);

    private Task<int> DeleteSecretsAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(transaction, WebhookSql.DeleteSecrets, new { webhookId = id }, cancellationToken);
}
