using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The signing secrets of endpoints. A call for one tenant never sees another's.</summary>
public interface IWebhookSecrets
{
    /// <summary>Reads the current secret of an endpoint. Give it to its owner only; that it was read is logged, and noted in <see cref="IWebhookAudit"/>.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The secret; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    Task<WebhookSecret?> TryRevealAsync(
        string webhookId,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes another secret the current one. Until the grace ends the old ones sign beside it: a request then carries one
    /// Standard Webhooks signature for each, newest first, so that a receiver with either accepts. A header that has room for
    /// one signature only carries that of the new secret.
    /// </summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="rotation">The new secret and the grace.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the secret may still be changed.</param>
    /// <returns>The new secret; <see langword="null"/> when the tenant has no endpoint with this id.</returns>
    /// <exception cref="InvalidInputException">The secret or the grace breaks a rule, or five secrets sign already; nothing was changed.</exception>
    Task<WebhookSecret?> TryRotateAsync(
        string webhookId,
        WebhookSecretRotation rotation,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Ends the grace of all old secrets now.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting; the old secrets may still be ended.</param>
    /// <returns><see langword="false"/> when the tenant has no endpoint with this id.</returns>
    Task<bool> TryExpireOldAsync(
        string webhookId,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
