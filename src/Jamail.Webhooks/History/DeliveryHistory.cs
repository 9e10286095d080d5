using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IDeliveryHistory"/>
internal sealed class DeliveryHistory(
    Database database,
    Statements statements,
    EndpointStore endpoints,
    DeliveryResend resend,
    DeliveryCancel cancel,
    EndpointStats stats,
    EndpointAttempts attemptLists,
    PayloadView payloads) : IDeliveryHistory
{
    public Task<Page<WebhookDelivery>?> TryListAsync(
        string webhookId, string? cursor, int pageSize, string tenant, CancellationToken cancellationToken) =>
        TryListAsync(new DeliveryQuery { WebhookId = webhookId, Cursor = cursor, PageSize = pageSize }, tenant, cancellationToken);

    public async Task<Page<WebhookDelivery>?> TryListAsync(DeliveryQuery query, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = Paging.Begin(query.Cursor, query.PageSize);
        var (codeFrom, codeTo) = CodeClass.Range(query.CodeClass);
        string? webhookId = null;
        if (query.WebhookId is { } asked)
        {
            webhookId = (await endpoints.FindAsync(asked, tenant, cancellationToken).ConfigureAwait(false))?.Id;
            if (webhookId is null)
            {
                return null;
            }
        }

        var parameters = new
        {
            tenant,
            webhookId,
            eventId = query.EventId is null ? null : RowId.TryParse(query.EventId) ?? query.EventId,
            status = (int?)query.Status,
            missed = query.Status is { } ended && IsMissed(ended) ? (int?)ended : null,
            isOpen = query.Status is DeliveryStatus.Pending or DeliveryStatus.Sending or DeliveryStatus.Retrying ? 1 : (int?)null,
            codeFrom,
            codeTo,
            type = query.EventType,
            since = query.Since?.ToUnixTimeMilliseconds(),
            until = query.Until?.ToUnixTimeMilliseconds(),
            at = after.At,
            id = after.Id,
            limit = query.PageSize + 1,
        };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<DeliveryRow>(connection, WebhookSql.ListDeliveries, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var attempts = await AttemptsAsync(rows, cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, query.PageSize, row => row.ToDelivery(attempts[row.Id]), row => new PageCursor(row.CreatedAt, row.Id));
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

    public Task<Page<DeliveryAttempt>?> TryListAttemptsAsync(AttemptQuery query, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return attemptLists.ListAsync(query, tenant, cancellationToken);
    }

    public async Task<DeliveryAttemptDetails?> TryGetAttemptAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var row = RowId.TryParse(id) is not { } attemptId
            ? null
            : await database.ReadAsync(
                (connection, token) => statements.FirstAsync<AttemptRow>(
                    connection, WebhookSql.FindAttempt, new { id = attemptId, tenant }, token),
                cancellationToken).ConfigureAwait(false);
        return row is null
            ? null
            : new DeliveryAttemptDetails(
                row.ToAttempt(), await payloads.HeadAsync(row.EventId, tenant, cancellationToken).ConfigureAwait(false));
    }

    public async Task<WebhookStats?> TryGetStatsAsync(
        string webhookId, DateTimeOffset since, string tenant, CancellationToken cancellationToken) =>
        await endpoints.FindLivingAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await stats.SumAsync(row, since, cancellationToken).ConfigureAwait(false)
            : null;

    public async Task<ResendResult> ResendAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await resend.ResendAsync(row, tenant, cancellationToken).ConfigureAwait(false)
            : ResendResult.NotFound;

    public async Task<CancelResult> CancelAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await cancel.CancelAsync(row, cancellationToken).ConfigureAwait(false)
            : CancelResult.NotFound;

    private static bool IsMissed(DeliveryStatus status) =>
        status is DeliveryStatus.Exhausted or DeliveryStatus.Skipped or DeliveryStatus.Discarded or DeliveryStatus.Cancelled;

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
