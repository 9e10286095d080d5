using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Sums up what an endpoint was sent.</summary>
internal sealed class EndpointStats(Database database, Statements statements)
{
    private const int MostAttempts = 10_000;

    public async Task<WebhookStats> SumAsync(EndpointRow row, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var parameters = new { webhookId = row.Id, since = since.ToUnixTimeMilliseconds(), limit = MostAttempts };
        var counts = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<StatusCount>(connection, WebhookSql.CountDeliveries, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var attempts = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<AttemptTime>(connection, WebhookSql.ListDurations, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var times = attempts.Select(attempt => attempt.DurationMs).Order().ToList();
        return new WebhookStats
        {
            Since = since,
            Status = (WebhookEndpointStatus)row.Status,
            Deliveries = counts.ToDictionary(count => (DeliveryStatus)count.Status, count => count.Count),
            Attempts = attempts.Count,
            Successes = attempts.Count(attempt => attempt.Outcome == (int)AttemptOutcome.Success),
            MedianMs = Quantile(times, 0.5),
            P95Ms = Quantile(times, 0.95),
            FailingSince = UnixTime.From(row.FailingSince),
            NextAttemptAt = UnixTime.From(counts.Min(count => count.NextAttemptAt)),
        };
    }

    private static long? Quantile(List<long> ordered, double share) =>
        ordered.Count == 0 ? null : ordered[Math.Max(0, (int)Math.Ceiling(ordered.Count * share) - 1)];
}
