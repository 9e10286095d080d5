using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The events that were published. A call for one tenant never sees another's.</summary>
public interface IWebhookEvents
{
    /// <summary>Reads events, newest first, a page at a time.</summary>
    /// <param name="query">Which.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; payloads are not in it.</returns>
    /// <exception cref="InvalidInputException">The cursor or the page size breaks a rule.</exception>
    Task<Page<WebhookEvent>> ListAsync(
        WebhookEventQuery query,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads an event with its payload.</summary>
    /// <param name="id">The event.</param>
    /// <param name="tenant">Whose event it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The event; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<WebhookEvent?> TryGetAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the payload of an event, and what endpoints answered to it, for good. Deliveries that have not come to their end
    /// are cancelled.
    /// </summary>
    /// <param name="id">The event.</param>
    /// <param name="tenant">Whose event it is.</param>
    /// <param name="cancellationToken">Stops waiting; the payload may still be removed.</param>
    /// <returns><see langword="false"/> when the tenant has no event with this id.</returns>
    Task<bool> TryExpungeAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
