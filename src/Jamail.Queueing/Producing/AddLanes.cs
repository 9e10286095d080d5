namespace Jamail.Queueing;

/// <summary>
/// The jobs that wait to be sent: one lane for all single adds and one for each bulk, which take turns. Not safe for several
/// threads; the coalescer's gate guards it.
/// </summary>
internal sealed class AddLanes
{
    private readonly List<AddLane> _bulks = [];
    private int _nextLane;

    public AddLane Singles { get; } = new();

    /// <summary>About how much memory the waiting jobs take.</summary>
    public long WaitingBytes { get; private set; }

    public AddLane OpenBulk()
    {
        var lane = new AddLane();
        _bulks.Add(lane);
        return lane;
    }

    public void CloseBulk(AddLane lane)
    {
        _bulks.Remove(lane);
        while (lane.Entries.Count > 0)
        {
            Dequeue(lane);
        }
    }

    public void Enqueue(AddLane lane, in AddEntry entry)
    {
        WaitingBytes += entry.Weight;
        lane.Entries.Enqueue(entry);
    }

    /// <summary>The next call: about the same number of jobs of each lane, in the order of the lane. Empty when none waits.</summary>
    public AddBatch TakeBatch()
    {
        var batch = new AddBatch();
        var share = Math.Max(1, AddCoalescer.MaxJobsPerCall / (_bulks.Count + 1));
        var isMore = true;
        while (isMore)
        {
            isMore = false;
            for (var turn = 0; turn <= _bulks.Count; turn++)
            {
                isMore |= Take(LaneOf(turn), share, batch);
            }
        }

        _nextLane++;
        return batch;
    }

    /// <summary>Takes out what stands first in its lane and has waited too long.</summary>
    public void TakeOverdue(Func<AddEntry, bool> isOverdue, Action<AddEntry> take)
    {
        for (var turn = 0; turn <= _bulks.Count; turn++)
        {
            var lane = LaneOf(turn);
            while (lane.Entries.TryPeek(out var entry) && isOverdue(entry))
            {
                take(Dequeue(lane));
            }
        }
    }

    private AddLane LaneOf(int turn)
    {
        var lane = (turn + _nextLane) % (_bulks.Count + 1);
        return lane == 0 ? Singles : _bulks[lane - 1];
    }

    /// <returns>True when the batch has room and the lane has more.</returns>
    private bool Take(AddLane lane, int share, AddBatch batch)
    {
        while (share > 0 && lane.Entries.TryPeek(out var entry))
        {
            if (!batch.HasRoomFor(entry))
            {
                return false;
            }

            Dequeue(lane);
            if (!entry.IsAbandoned)
            {
                batch.Add(entry);
                share--;
            }
        }

        return lane.Entries.Count > 0;
    }

    private AddEntry Dequeue(AddLane lane)
    {
        var entry = lane.Entries.Dequeue();
        WaitingBytes -= entry.Weight;
        return entry;
    }
}
