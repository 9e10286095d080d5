namespace Jamail.Queueing;

/// <summary>The jobs of one addJobs call.</summary>
internal sealed class AddBatch
{
    public List<JobToAdd> Jobs { get; } = [];

    public List<AddEntry> Entries { get; } = [];

    public int Weight { get; private set; }

    public bool IsSent { get; set; }

    public void Add(in AddEntry entry)
    {
        Jobs.Add(entry.Job);
        Entries.Add(entry);
        Weight += entry.Weight;
    }

    /// <summary>Drops what nobody waits for any more; only before the call is sent.</summary>
    public void DropAbandoned()
    {
        for (var index = Entries.Count - 1; index >= 0; index--)
        {
            if (Entries[index].IsAbandoned)
            {
                Entries.RemoveAt(index);
                Jobs.RemoveAt(index);
            }
        }
    }
}
