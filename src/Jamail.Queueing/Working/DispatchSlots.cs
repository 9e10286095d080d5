namespace Jamail.Queueing;

/// <summary>How many jobs a worker may run, how many it runs, and how many calls under way have kept a slot for. Guarded by its owner.</summary>
internal sealed class DispatchSlots(int concurrency)
{
    private int _reserved;

    /// <summary>
    /// How many calls may be under way. Two, so that Redis has one while the other's jobs run; more only where each still carries some
    /// dozens of jobs, which is what a call needs to be cheap for each of them.
    /// </summary>
    public int MaxCalls { get; } = Math.Clamp(concurrency / 50, 2, 4);

    /// <summary>Jobs whose processors have not returned.</summary>
    public int Running { get; private set; }

    // Adopted jobs may be more than there are slots for them.
    public int Free => Math.Max(0, concurrency - Running - _reserved);

    public bool AreReserved => _reserved > 0;

    public bool AreUsed => Running > 0 || _reserved > 0;

    /// <summary>Keeps slots for the jobs that a call may bring.</summary>
    public void Reserve(int count) => _reserved += count;

    public void Release(int count) => _reserved -= count;

    /// <param name="isReserved">A call kept a slot for it, which it takes in the same moment: none is counted twice.</param>
    public void Start(bool isReserved)
    {
        Running++;
        _reserved -= isReserved ? 1 : 0;
    }

    public void End() => Running--;
}
