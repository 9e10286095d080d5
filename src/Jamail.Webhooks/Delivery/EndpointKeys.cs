using System.Collections.Concurrent;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>What is known of endpoints, their secrets and static headers among it, kept until the endpoint's version changes.</summary>
internal sealed class EndpointKeys(
    SecretStore secrets, StaticHeaders headers, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>An endpoint as it was when last looked at; null for one that was not. Who uses it compares the version.</summary>
    public KnownEndpoint? Find(string webhookId) => _kept.TryGetValue(webhookId, out var kept) ? Now(kept) : null;

    public async Task<KnownEndpoint> FindAsync(ClaimRow row, CancellationToken cancellationToken)
    {
        var version = row.EndpointVersion ?? 0;
        if (!_kept.TryGetValue(row.WebhookId, out var kept) || kept.Version != version)
        {
            kept = new Kept(
                version,
                TermsOf(row),
                await secrets.ListAsync(row.WebhookId, cancellationToken).ConfigureAwait(false),
                headers.Read(row.HeadersEnc));
            if (_kept.Count >= Most)
            {
                _kept.Clear();
            }

            _kept[row.WebhookId] = kept;
        }

        return Now(kept);
    }

    public GateTerms TermsOf(ClaimRow row)
    {
        var settings = options.Value;
        var timeout = row.TimeoutMs is { } own ? TimeSpan.FromMilliseconds(own) : settings.Timeout;
        return new GateTerms(row.WebhookId, row.TenantId, row.MaxInFlight ?? settings.MaxInFlight, row.RatePerSecond, timeout + LeaseMargin);
    }

    private KnownEndpoint Now(Kept kept)
    {
        var now = clock.UnixMs();
        return new KnownEndpoint(
            kept.Version,
            kept.Terms,
            [.. kept.Secrets.Where(one => one.ExpiresAt is null || one.ExpiresAt > now).Select(one => one.Secret)],
            kept.Headers);
    }

    private sealed record Kept(
        int Version, GateTerms Terms, IReadOnlyList<LiveSecret> Secrets, IReadOnlyDictionary<string, string> Headers);
}
