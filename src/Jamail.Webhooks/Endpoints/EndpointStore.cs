using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Endpoints in the database.</summary>
internal sealed class EndpointStore(Database database, Statements statements, SecretStore secrets, TimeProvider clock)
{
    /// <param name="id">An id, or the owner's name for the endpoint.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when there is none; a deleted one is found by its id.</returns>
    public Task<EndpointRow?> FindAsync(string id, string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<EndpointRow>(
                connection,
                WebhookSql.FindEndpoint,
                new { id = RowId.TryParse(id), uid = RowId.TryParse(id) is null ? id : null, tenant },
                token),
            cancellationToken);

    /// <summary>As <see cref="FindAsync"/>, but not the deleted ones.</summary>
    public async Task<EndpointRow?> FindLivingAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { Status: not EndpointRow.Deleted } row ? row : null;

    public Task<IReadOnlyList<EndpointRow>> ListAsync(
        string tenant, PageCursor after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<EndpointRow>(
                connection, WebhookSql.ListEndpoints, new { tenant, at = after.At, id = after.Id, limit }, token),
            cancellationToken);

    public Task<long> CountAsync(string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<long>(connection, WebhookSql.CountEndpoints, new { tenant }, token),
            cancellationToken);

    /// <returns>False when the tenant has another one with the same name of its own.</returns>
    public Task<bool> InsertAsync(EndpointRow row, WebhookSecret secret, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var isNew = await statements.ExecuteAsync(
                    transaction, WebhookSql.InsertEndpoint, Parameters(row), token).ConfigureAwait(false) == 1;
                if (isNew)
                {
                    await secrets.InsertAsync(transaction, row.Id, secret, token).ConfigureAwait(false);
                }

                return isNew;
            },
            cancellationToken);

    /// <returns>False when somebody changed the row since it was read.</returns>
    public Task<bool> UpdateAsync(EndpointRow row, WebhookSecret? secret, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var isMade = await statements.ExecuteAsync(
                    transaction, WebhookSql.UpdateEndpoint, Parameters(row), token).ConfigureAwait(false) == 1;
                if (isMade && secret is not null)
                {
                    await secrets.ReplaceAsync(transaction, row.Id, secret, token).ConfigureAwait(false);
                }

                return isMade;
            },
            cancellationToken);

    public Task SetHeadersAsync(string id, byte[]? headers, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(
                transaction, WebhookSql.SetHeaders, new { id, headers, now = clock.UnixMs() }, token),
            cancellationToken);

    public Task ReviveAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var parameters = new { id, now = clock.UnixMs() };
                await statements.ExecuteAsync(transaction, WebhookSql.UnblockLanes, parameters, token).ConfigureAwait(false);
                return await statements.ExecuteAsync(transaction, WebhookSql.ReviveEndpoint, parameters, token).ConfigureAwait(false);
            },
            cancellationToken);

    public Task SetStatusAsync(string id, WebhookEndpointStatus status, string? reason, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => SetStatusAsync(transaction, id, (int)status, reason, token), cancellationToken);

    /// <summary>Deletes an endpoint for its owner; its row stays for the history.</summary>
    /// <returns>What was discarded and may have a job in the queue; only the ids of the jobs can be made of them.</returns>
    public Task<IReadOnlyList<OutboxDelivery>> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await SetStatusAsync(transaction, id, EndpointRow.Deleted, null, token).ConfigureAwait(false);
                await secrets.DeleteAsync(transaction, id, token).ConfigureAwait(false);
                return await DiscardAsync(transaction, id, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Ends what waits for an endpoint that is deleted.</summary>
    /// <returns>As of <see cref="DeleteAsync"/>.</returns>
    public Task<IReadOnlyList<OutboxDelivery>> DiscardAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync((transaction, token) => DiscardAsync(transaction, id, token), cancellationToken);

    /// <summary>An endpoint that wants nothing more: what waits for it is discarded.</summary>
    /// <returns>As of <see cref="DeleteAsync"/>.</returns>
    public async Task<IReadOnlyList<OutboxDelivery>> MarkGoneAsync(DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        await SetStatusAsync(
            transaction, id, (int)WebhookEndpointStatus.Gone, "The endpoint answered 410.", cancellationToken).ConfigureAwait(false);
        return await DiscardAsync(transaction, id, cancellationToken).ConfigureAwait(false);
    }

    public Task<int> SetStatusAsync(
        DbTransaction transaction, string id, int status, string? reason, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction, WebhookSql.SetEndpointStatus, new { id, status, reason, now = clock.UnixMs() }, cancellationToken);

    private async Task<IReadOnlyList<OutboxDelivery>> DiscardAsync(DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        var parameters = new { webhookId = id, now = clock.UnixMs() };
        await statements.ExecuteAsync(transaction, WebhookSql.DiscardDeliveries, parameters, cancellationToken).ConfigureAwait(false);
        var discarded = await statements.QueryAsync<OutboxDelivery>(
            transaction, WebhookSql.ListDiscarded, parameters, cancellationToken).ConfigureAwait(false);
        await statements.ExecuteAsync(transaction, WebhookSql.DeleteEndedJobs, parameters, cancellationToken).ConfigureAwait(false);
        return discarded;
    }

    private static object Parameters(EndpointRow row) => new
    {
        id = row.Id,
        tenant = row.TenantId,
        uid = row.Uid,
        version = row.Version,
        url = row.Url,
        description = row.Description,
        events = row.EventTypes,
        status = row.Status,
        ownerEmail = row.OwnerEmail,
        channels = row.Channels,
        filter = row.Filter,
        signatureProfile = row.SignatureProfile,
        retrySchedule = row.RetrySchedule,
        timeoutMs = row.TimeoutMs,
        ratePerSecond = row.RatePerSecond,
        maxInFlight = row.MaxInFlight,
        ordering = row.Ordering,
        blocks = row.Blocks,
        now = row.UpdatedAt,
    };
}
