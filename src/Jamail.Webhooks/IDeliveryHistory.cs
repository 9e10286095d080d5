using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>What was sent to endpoints and what became of it. A call for one tenant never sees another's.</summary>
public interface IDeliveryHistory
{
    /// <summary>Reads the deliveries of an endpoint with their attempts, newest first, a page at a time.</summary>
    /// <param name="webhookId">The endpoint; a deleted one keeps its history.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 500.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; <see langword="null"/> when the tenant never had an endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The cursor or the page size breaks a rule.</exception>
    Task<Page<WebhookDelivery>?> TryListAsync(
        string webhookId,
        string? cursor = null,
        int pageSize = 50,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads deliveries with their attempts, newest first, a page at a time.</summary>
    /// <param name="query">Which.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; <see langword="null"/> when the query names an endpoint that the tenant never had.</returns>
    /// <exception cref="InvalidInputException">The query breaks a rule.</exception>
    Task<Page<WebhookDelivery>?> TryListAsync(
        DeliveryQuery query,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the attempts of an endpoint, newest first, a page at a time: those of all its deliveries, and test sends, which belong to no delivery.
    /// </summary>
    /// <param name="query">Which.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; <see langword="null"/> when the tenant never had an endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The query breaks a rule.</exception>
    Task<Page<DeliveryAttempt>?> TryListAttemptsAsync(
        AttemptQuery query,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads an attempt, with the request that was made.</summary>
    /// <param name="id">The attempt.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The attempt and its request's body; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<DeliveryAttemptDetails?> TryGetAttemptAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Sums up what an endpoint was sent.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="since">From when; the times are those of at most the newest 10,000 attempts.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The sums; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    Task<WebhookStats?> TryGetStatsAsync(
        string webhookId,
        DateTimeOffset since,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Ends a delivery that waits: no further attempt is made.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="tenant">Whose delivery it is.</param>
    /// <param name="cancellationToken">Stops waiting; the delivery may still be ended.</param>
    /// <returns>What became of the request.</returns>
    Task<CancelResult> CancelAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a delivery with all its attempts.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="tenant">Whose delivery it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The delivery; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<WebhookDelivery?> TryGetAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes one more attempt now, whatever became of the delivery: to the endpoint's current address, signed with its
    /// current secret, with the same body and the same <c>webhook-id</c>.
    /// </summary>
    /// <param name="id">The delivery.</param>
    /// <param name="tenant">Whose delivery it is.</param>
    /// <param name="cancellationToken">Stops waiting; the attempt may still be made.</param>
    /// <returns>What became of the request.</returns>
    Task<ResendResult> ResendAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
