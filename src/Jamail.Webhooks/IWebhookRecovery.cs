using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>
/// Sends again what an endpoint missed. Both kinds of work are tasks that go on in the background, page by page, and after a
/// restart where they were. A call for one tenant never sees another's.
/// </summary>
public interface IWebhookRecovery
{
    /// <summary>Begins each delivery of a window anew, with its whole schedule, that failed or was skipped.</summary>
    /// <param name="webhookId">The endpoint; it must be enabled.</param>
    /// <param name="request">Which deliveries, and how fast.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the task may still be stored.</param>
    /// <returns>The task, with how many deliveries there are; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The window or another value breaks a rule, or the endpoint is not enabled; nothing is sent.</exception>
    Task<WebhookTask?> TryRecoverAsync(
        string webhookId,
        WebhookRecoveryRequest request,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Makes deliveries for events of a window that the endpoint takes now and has none of.</summary>
    /// <param name="webhookId">The endpoint; it must be enabled.</param>
    /// <param name="request">Which events, and how fast; its statuses do not count.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the task may still be stored.</param>
    /// <returns>The task, with how many events there are; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The window or another value breaks a rule, or the endpoint is not enabled; nothing is sent.</exception>
    Task<WebhookTask?> TryReplayMissingAsync(
        string webhookId,
        WebhookRecoveryRequest request,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads how far a task is.</summary>
    /// <param name="id">The task.</param>
    /// <param name="tenant">Whose task it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The task; <see langword="null"/> when the tenant has none with this id.</returns>
    Task<WebhookTask?> TryGetTaskAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
