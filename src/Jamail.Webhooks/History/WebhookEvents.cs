using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookEvents"/>
internal sealed class WebhookEvents(
    Database database, Statements statements, PayloadView payloads, UnwantedJobs unwanted, TimeProvider clock) : IWebhookEvents
{
    public async Task<Page<WebhookEvent>> ListAsync(WebhookEventQuery query, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = Paging.Begin(query.Cursor, query.PageSize);
        var parameters = new
        {
            tenant,
            type = query.Type,
            tag = query.Tag is { } tag ? Pattern(tag) : null,
            since = query.Since?.ToUnixTimeMilliseconds(),
            until = query.Until?.ToUnixTimeMilliseconds(),
            at = after.At,
            id = after.Id,
            limit = query.PageSize + 1,
        };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<PublishedRow>(connection, WebhookSql.ListEvents, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return Paging.End(rows, query.PageSize, row => row.ToEvent(null), row => new PageCursor(row.CreatedAt, row.Id));
    }

    public async Task<WebhookEvent?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await payloads.FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? row.ToEvent(await payloads.ShowAsync(row, tenant, cancellationToken).ConfigureAwait(false))
            : null;

    public async Task<bool> TryExpungeAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        if (await payloads.FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        var deliveries = await database.WriteAsync(
            async (transaction, token) =>
            {
                var now = clock.UnixMs();
                await statements.ExecuteAsync(transaction, WebhookSql.CancelEvent, new { eventId = row.Id, now }, token).ConfigureAwait(false);
                await statements.ExecuteAsync(transaction, WebhookSql.ExpungeEvent, new { id = row.Id }, token).ConfigureAwait(false);
                await statements.ExecuteAsync(transaction, WebhookSql.ExpungeAttempts, new { eventId = row.Id }, token).ConfigureAwait(false);
                return await statements.QueryAsync<OutboxDelivery>(
                    transaction, WebhookSql.ListEventJobs, new { eventId = row.Id }, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await unwanted.RemoveEveryAsync(deliveries, CancellationToken.None).ConfigureAwait(false); // What was committed is gone through with.
        return true;
    }

    // The column is a JSON array of texts.
    private static string Pattern(string tag)
    {
        var text = JsonSerializer.Serialize([tag], WebhooksJson.Default.StringArray)[1..^1];
        return $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
    }
}
