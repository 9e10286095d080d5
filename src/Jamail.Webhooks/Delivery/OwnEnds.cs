namespace Jamail.Webhooks;

/// <summary>
/// Deliveries that this host ended, until the queue tells of their jobs: what it tells then is known. One that is forgotten is looked up as
/// those that others ended.
/// </summary>
internal sealed class OwnEnds
{
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Before the job is settled: the queue tells nothing earlier.</summary>
    public void Add(string deliveryId)
    {
        lock (_gate)
        {
            if (_ids.Count >= Most)
            {
                _ids.Clear();
            }

            _ids.Add(deliveryId);
        }
    }

    public bool Has(string deliveryId)
    {
        lock (_gate)
        {
            return _ids.Contains(deliveryId);
        }
    }

    /// <summary>Whether this host ended it. It is asked once: a later job of the delivery may be another's.</summary>
    public bool Take(string deliveryId)
    {
        lock (_gate)
        {
            return _ids.Remove(deliveryId);
        }
    }
}
