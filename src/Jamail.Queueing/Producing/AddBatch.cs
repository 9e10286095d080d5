namespace Jamail.Queueing;

/// <summary>The jobs of one addJobs call.</summary>
internal sealed class AddBatch
{
    private int _weight;

    public List<JobToAdd> Jobs { get; } = [];

    public List<AddEntry> Entries { get; } = [];

    /// <summary>Batches are sent, and sent again, in the order of their numbers.</summary>
    public long Number { get; set; }

    /// <summary>Some job names a parent.</summary>
    public bool HasParents { get; private set; }

    /// <summary>The call may have reached Redis.</summary>
    public bool IsSent { get; set; }

    public bool HasRoomFor(in AddEntry entry) =>
        Jobs.Count == 0
        || (Jobs.Count < AddCoalescer.MaxJobsPerCall && _weight + entry.Weight <= AddCoalescer.MaxBytesPerCall);

    public void Add(in AddEntry entry)
    {
        Jobs.Add(entry.Job);
        Entries.Add(entry);
        _weight += entry.Weight;
        HasParents |= entry.Job.Parent is not null;
    }

    /// <summary>Drops what nobody waits for any more; only before the call is sent.</summary>
    public void DropAbandoned() => Drop(entry => entry.IsAbandoned);

    /// <summary>Drops these; only before the call is sent.</summary>
    public void Drop(Predicate<AddEntry> isDropped)
    {
        for (var index = Entries.Count - 1; index >= 0; index--)
        {
            if (isDropped(Entries[index]))
            {
                Entries.RemoveAt(index);
                Jobs.RemoveAt(index);
            }
        }
    }
}
