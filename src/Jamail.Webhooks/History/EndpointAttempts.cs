using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Every request that an endpoint was sent, also those that belong to no delivery.</summary>
internal sealed class EndpointAttempts(Database database, Statements statements, EndpointStore endpoints)
{
    /// <returns>Null when the tenant never had the endpoint.</returns>
    public async Task<Page<DeliveryAttempt>?> ListAsync(AttemptQuery query, string tenant, CancellationToken cancellationToken)
    {
        var after = Paging.Begin(query.Cursor, query.PageSize);
        var origin = query.Origin is null ? (int?)null : AttemptOrigin.Parse(query.Origin);
        var (codeFrom, codeTo) = CodeClass.Range(query.CodeClass);
        if (await endpoints.FindAsync(query.WebhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } endpoint)
        {
            return null;
        }

        var parameters = new
        {
            webhookId = endpoint.Id,
            origin,
            codeFrom,
            codeTo,
            since = query.Since?.ToUnixTimeMilliseconds(),
            until = query.Until?.ToUnixTimeMilliseconds(),
            at = after.At,
            id = after.Id,
            limit = query.PageSize + 1,
        };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<AttemptRow>(connection, WebhookSql.ListEndpointAttempts, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, query.PageSize, row => row.ToAttempt(), row => new PageCursor(row.StartedAt, row.Id));
    }
}
