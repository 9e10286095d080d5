using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>
/// Who read or changed the secrets of endpoints. An entry is committed before a secret is shown, and in the transaction of a change; it is never
/// removed.
/// </summary>
public interface IWebhookAudit
{
    /// <summary>Names who acts in the code that follows, and in what it calls. Without it the actor is <c>host</c>.</summary>
    /// <param name="actor">A name of 1 to 200 characters, such as a user's or a key's. No secret.</param>
    /// <returns>Ends it.</returns>
    IDisposable ActAs(string actor);

    /// <summary>Lists the entries of an endpoint, newest first, a page at a time.</summary>
    /// <param name="webhookId">The endpoint: its id, or its owner's name for it.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 500.</param>
    /// <param name="tenant">Whose endpoint it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page; <see langword="null"/> when the tenant has no such endpoint.</returns>
    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    Task<Page<WebhookAuditEntry>?> TryListAsync(
        string webhookId,
        string? cursor = null,
        int pageSize = 50,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);
}
