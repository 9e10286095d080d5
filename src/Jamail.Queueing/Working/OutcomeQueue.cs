namespace Jamail.Queueing;

/// <summary>Outcomes that wait for a call; those that are sent again go before newer ones. Guarded by its owner.</summary>
internal sealed class OutcomeQueue
{
    private const int MaxPerCall = 256;
    private const int MaxBytesPerCall = 1 << 20;

    private readonly Queue<(RunningJob Job, Settlement Settlement)> _again = new();
    private readonly Queue<(RunningJob Job, Settlement Settlement)> _fresh = new();

    public int Count => _again.Count + _fresh.Count;

    public void Add(RunningJob job, Settlement settlement) => _fresh.Enqueue((job, settlement));

    public void AddAgain(RunningJob job, Settlement settlement) => _again.Enqueue((job, settlement));

    /// <summary>Moves as many as one call may carry, and at least one if there is any.</summary>
    public void MoveTo(Turn turn)
    {
        Move(_again, turn);
        Move(_fresh, turn);
    }

    private static void Move(Queue<(RunningJob Job, Settlement Settlement)> outcomes, Turn turn)
    {
        while (turn.Jobs.Count < MaxPerCall
            && outcomes.TryPeek(out var next)
            && (turn.Jobs.Count == 0 || turn.Bytes + Turn.WeightOf(next.Settlement) <= MaxBytesPerCall))
        {
            outcomes.Dequeue();
            turn.Add(next.Job, next.Settlement);
        }
    }
}
