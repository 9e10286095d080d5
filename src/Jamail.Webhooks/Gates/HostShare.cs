namespace Jamail.Webhooks;

/// <summary>
/// Keeps slow endpoints from taking all slots of this host: a fifth of them is for endpoints that hold none, so that one that
/// answers at once does not wait for those that do not.
/// </summary>
internal sealed class HostShare(int slots)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly int _reserved = Math.Max(1, slots / 5);
    private int _total;

    public int Total => Volatile.Read(ref _total);

    /// <summary>Takes a slot for an endpoint; it is given back by <see cref="Give"/>.</summary>
    public bool TryTake(string webhookId)
    {
        lock (_gate)
        {
            var held = _held.GetValueOrDefault(webhookId);
            if (held > 0 && slots - _total <= _reserved)
            {
                return false;
            }

            _held[webhookId] = held + 1;
            _total++;
            return true;
        }
    }

    public void Give(string webhookId)
    {
        lock (_gate)
        {
            _total--;
            if (--_held[webhookId] == 0)
            {
                _held.Remove(webhookId);
            }
        }
    }
}
