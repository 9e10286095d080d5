using System.Text.Json;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Compares one event with what endpoints want.</summary>
internal sealed class EventMatcher(string type, ReadOnlyMemory<byte> body, IReadOnlyList<string>? channels) : IDisposable
{
    private readonly Dictionary<string, bool> _filtered = new(StringComparer.Ordinal);
    private JsonDocument? _payload;

    public bool IsTakenBy(SubscriberRow endpoint) =>
        EventFilter.Parse(endpoint.EventTypes).Takes(type)
        && (TextList.Parse(endpoint.Channels) is not { } wanted || channels?.Any(wanted.Contains) == true)
        && (endpoint.Filter is not { } filter || Passes(filter));

    public void Dispose() => _payload?.Dispose();

    private bool Passes(string filter)
    {
        if (!_filtered.TryGetValue(filter, out var passes))
        {
            _payload ??= JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth });

            // It was checked when it was stored.
            passes = JsonSchema.Parse(filter, "filter", [])?.Validate(_payload.RootElement).Count == 0;
            _filtered[filter] = passes;
        }

        return passes;
    }
}
