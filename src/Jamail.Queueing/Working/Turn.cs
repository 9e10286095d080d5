namespace Jamail.Queueing;

/// <summary>One call of the dispatcher: outcomes to settle and slots to fill.</summary>
internal sealed class Turn
{
    public List<RunningJob> Jobs { get; } = [];

    public List<Settlement> Settlements { get; } = [];

    /// <summary>How many jobs are asked for; so many slots are kept for them.</summary>
    public int Fetch { get; set; }

    /// <summary>It sleeps in Redis until there is work.</summary>
    public bool IsAsleep { get; init; }

    /// <summary>In the locks of the jobs it brings.</summary>
    public required string Token { get; init; }

    /// <summary>On the monotonic clock.</summary>
    public long SentAt { get; set; }

    public int Bytes { get; private set; }

    public void Add(RunningJob job, Settlement settlement)
    {
        Jobs.Add(job);
        Settlements.Add(settlement);
        Bytes += WeightOf(settlement);
    }

    public static int WeightOf(Settlement settlement) =>
        256 + settlement.Value.Length + (settlement.FailedReason?.Length * 2 ?? 0) + (settlement.StackTraceJson?.Length * 2 ?? 0);
}
