using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>What is known about types of events. A call for one tenant never sees another's.</summary>
public interface IWebhookEventTypes
{
    /// <summary>Reads a type.</summary>
    /// <param name="name">The type.</param>
    /// <param name="tenant">Whose type it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The type; <see langword="null"/> when the tenant has said nothing about it.</returns>
    Task<WebhookEventType?> TryGetAsync(
        string name,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the types of a tenant, newest first, a page at a time.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 500.</param>
    /// <param name="tenant">Whose types.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor or the page size breaks a rule.</exception>
    Task<Page<WebhookEventType>> ListAsync(
        string? cursor = null,
        int pageSize = 50,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Says what a type is, in place of what was said before. Other hosts go by it within 5 seconds.</summary>
    /// <param name="type">The type.</param>
    /// <param name="tenant">Whose type it is.</param>
    /// <param name="cancellationToken">Stops waiting; the type may still be stored.</param>
    /// <returns>When it is stored.</returns>
    /// <exception cref="InvalidInputException">The name, the schema or the example breaks a rule; nothing was stored.</exception>
    Task PutAsync(
        WebhookEventType type,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Forgets what was said about a type. Its events are published as before, unchecked.</summary>
    /// <param name="name">The type.</param>
    /// <param name="tenant">Whose type it is.</param>
    /// <param name="cancellationToken">Stops waiting; the type may still be forgotten.</param>
    /// <returns><see langword="false"/> when the tenant has said nothing about it.</returns>
    Task<bool> TryDeleteAsync(
        string name,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
