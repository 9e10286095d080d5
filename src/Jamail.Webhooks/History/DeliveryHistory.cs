using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IDeliveryHistory"/>
internal sealed class DeliveryHistory(
    Database database, Statements statements, EndpointStore endpoints, DeliveryResend resend) : IDeliveryHistory
{
    public async Task<Page<WebhookDelivery>?> TryListAsync(
        string webhookId, string? cursor, int pageSize, string tenant, CancellationToken cancellationToken)
    {
        var after = Paging.Begin(cursor, pageSize);
        if (await endpoints.FindAsync(RowId.TryParse(webhookId), tenant, cancellationToken).ConfigureAwait(false) is not { } endpoint)
        {
            return null;
        }

        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<DeliveryRow>(
                connection,
                WebhookSql.ListDeliveries,
                new { webhookId = endpoint.Id, tenant, at = after.At, id = after.Id, limit = pageSize + 1 },
                token),
            cancellationToken).ConfigureAwait(false);
        var attempts = await AttemptsAsync(rows, cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, pageSize, row => row.ToDelivery(attempts[row.Id]), row => new PageCursor(row.CreatedAt, row.Id));
    }

    public async Task<WebhookDelivery?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        var attempts = await AttemptsAsync([row], cancellationToken).ConfigureAwait(false);
        return row.ToDelivery(attempts[row.Id]);
    }

    public async Task<ResendResult> ResendAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await resend.ResendAsync(row, tenant, cancellationToken).ConfigureAwait(false)
            : ResendResult.NotFound;

    private Task<DeliveryRow?> FindAsync(string id, string tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<DeliveryRow>(
                connection,
                WebhookSql.FindDelivery,
                new { id = RowId.OfDelivery(JamailHostOptions.DefaultTenant, id), tenant },
                token),
            cancellationToken);

    private async Task<ILookup<string, AttemptRow>> AttemptsAsync(
        IReadOnlyList<DeliveryRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttemptRow> attempts = rows.Count == 0
            ? []
            : await database.ReadAsync(
                (connection, token) => statements.QueryAsync<AttemptRow>(
                    connection, WebhookSql.ListAttempts, new { ids = rows.Select(row => row.Id).ToArray() }, token),
                cancellationToken).ConfigureAwait(false);
        return attempts.ToLookup(attempt => attempt.DeliveryId, StringComparer.Ordinal);
    }
}
