using System.Collections.Concurrent;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>The secrets and static headers of endpoints, kept until the endpoint's version changes.</summary>
internal sealed class EndpointKeys(SecretStore secrets, StaticHeaders headers, TimeProvider clock)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <returns>The secrets that sign now, the current one first; and the owner's own headers.</returns>
    public async Task<(IReadOnlyList<WebhookSecret> Secrets, IReadOnlyDictionary<string, string> Headers)> FindAsync(
        ClaimRow row, CancellationToken cancellationToken)
    {
        var version = row.EndpointVersion ?? 0;
        if (!_kept.TryGetValue(row.WebhookId, out var kept) || kept.Version != version)
        {
            kept = new Kept(
                version, await secrets.ListAsync(row.WebhookId, cancellationToken).ConfigureAwait(false), headers.Read(row.HeadersEnc));
            if (_kept.Count >= Most)
            {
                _kept.Clear();
            }

            _kept[row.WebhookId] = kept;
        }

        var now = clock.UnixMs();
        return ([.. kept.Secrets.Where(one => one.ExpiresAt is null || one.ExpiresAt > now).Select(one => one.Secret)], kept.Headers);
    }

    private sealed record Kept(int Version, IReadOnlyList<LiveSecret> Secrets, IReadOnlyDictionary<string, string> Headers);
}
