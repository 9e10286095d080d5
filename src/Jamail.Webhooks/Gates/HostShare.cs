using System.Collections.Concurrent;

namespace Jamail.Webhooks;

/// <summary>
/// Keeps slow endpoints from taking all slots of this host: an endpoint gets another one only while it holds less than half of
/// those that are free.
/// </summary>
internal sealed class HostShare(int slots)
{
    private readonly ConcurrentDictionary<string, int> _held = new(StringComparer.Ordinal);
    private int _total;

    public int Total => Volatile.Read(ref _total);

    public bool HasRoom(string webhookId)
    {
        var held = _held.GetValueOrDefault(webhookId);
        return held == 0 || held < (slots - Total) / 2;
    }

    public void Take(string webhookId)
    {
        Interlocked.Increment(ref _total);
        _held.AddOrUpdate(webhookId, 1, static (_, held) => held + 1);
    }

    public void Give(string webhookId)
    {
        Interlocked.Decrement(ref _total);
        while (_held.TryGetValue(webhookId, out var held))
        {
            if (held > 1 ? _held.TryUpdate(webhookId, held - 1, held) : _held.TryRemove(KeyValuePair.Create(webhookId, held)))
            {
                return;
            }
        }
    }
}
