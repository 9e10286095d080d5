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
