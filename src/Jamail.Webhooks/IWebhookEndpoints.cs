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
    /// <exception cref="WebhookVersionException">Somebody changed the endpoint since <see cref="WebhookEndpointChange.IfVersion"/>; nothing was changed.</exception>
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

    /// <summary>
    /// Switches an endpoint. Enabled, it begins anew: what it failed of before no longer counts, its circuit is closed and
    /// nothing stops its lanes. Paused or disabled, what is published meanwhile is kept as skipped and can be recovered.
    /// </summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="status"><see cref="WebhookEndpointStatus.Active"/>, <see cref="WebhookEndpointStatus.Paused"/> or <see cref="WebhookEndpointStatus.Disabled"/>.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be stored.</param>
    /// <returns>The endpoint as it is now; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<WebhookEndpoint?> TrySetStatusAsync(
        string id,
        WebhookEndpointStatus status,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the static headers that requests to an endpoint carry. Values that may prove who somebody is show as <c>***</c>.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Name to value; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    Task<IReadOnlyDictionary<string, string>?> TryGetHeadersAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Changes the static headers that requests to an endpoint carry.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="headers">
    /// Name to value, <see langword="null"/> to remove one. At most 50 in all, of at most 4 KiB each; none that the request itself
    /// needs or that carries a signature.
    /// </param>
    /// <param name="keepOthers">Whether headers that are not named stay.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the headers may still be stored.</param>
    /// <returns><see langword="false"/> when the tenant has no endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">A header breaks a rule; nothing was changed.</exception>
    Task<bool> TrySetHeadersAsync(
        string id,
        IReadOnlyDictionary<string, string?> headers,
        bool keepOthers = false,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends a sample to an endpoint now, signed like any event, and waits for the answer. Kept as an attempt without a delivery; not retried, and
    /// nothing that the endpoint's health or circuit knows of.
    /// </summary>
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
