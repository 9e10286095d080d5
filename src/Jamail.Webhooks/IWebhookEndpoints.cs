using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The endpoints that events are sent to. A call for one tenant never sees another's.</summary>
public interface IWebhookEndpoints
{
    /// <summary>Stores a new endpoint. Events published after the task completes reach it.</summary>
    /// <param name="endpoint">Where to send what.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the endpoint may still be stored.</param>
    /// <returns>The endpoint and its secret, which is not shown again.</returns>
    /// <exception cref="InvalidInputException">The URL, an event or the secret breaks a rule; nothing was stored.</exception>
    Task<CreatedWebhookEndpoint> CreateAsync(
        NewWebhookEndpoint endpoint,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads an endpoint.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The endpoint; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<WebhookEndpoint?> TryGetAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the endpoints of a tenant, newest first, a page at a time.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 500.</param>
    /// <param name="tenant">Whose endpoints.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor or the page size breaks a rule.</exception>
    Task<Page<WebhookEndpoint>> ListAsync(
        string? cursor = null,
        int pageSize = 50,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes an endpoint. What is <see langword="null"/> in <paramref name="change"/> stays. Deliveries that wait
    /// already go to the new address and are signed with the new secret.
    /// </summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="change">What to change.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be stored.</param>
    /// <returns>The endpoint as it is now; <see langword="null"/> when the tenant has none with this id.</returns>
    /// <exception cref="InvalidInputException">The URL, an event or the secret breaks a rule; nothing was changed.</exception>
    Task<WebhookEndpoint?> TryUpdateAsync(
        string id,
        WebhookEndpointChange change,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes an endpoint. Its waiting deliveries are discarded; its history stays readable.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the endpoint may still be deleted.</param>
    /// <returns><see langword="false"/> when the tenant has none with this id.</returns>
    Task<bool> TryDeleteAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Sends a sample to an endpoint now, signed like any event, and waits for the answer. Not retried, not in the history.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="eventType">The type of the sample; <see langword="null"/> for <c>webhook.test</c>.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What the endpoint answered; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The event type breaks a rule; nothing was sent.</exception>
    Task<WebhookTestResult?> TrySendTestAsync(
        string id,
        string? eventType = null,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
