namespace Jamail.Bench;

/// <summary>What one run of one side gave. Zero where the run does not say.</summary>
internal sealed record Outcome
{
    public int Jobs { get; init; }

    public double AddSeconds { get; init; }

    public double AddCpuMicros { get; init; }

    /// <summary>Jobs a second between the first and the last completion, by the times in Redis.</summary>
    public double ProcessRate { get; init; }

    /// <summary>Attempts a second, by the clock of the side.</summary>
    public double RunRate { get; init; }

    public double ProcessCpuMicros { get; init; }

    /// <summary>Redis's own CPU over add and process.</summary>
    public double RedisCpuMicros { get; init; }

    public double RedisCpuMicrosOfAdding { get; init; }

    public double BytesWaiting { get; init; }

    public double BytesCompleted { get; init; }

    /// <summary>What as many waits reach in this runtime without a queue, a second.</summary>
    public double BareRate { get; init; }

    public IReadOnlyList<double> LatencyMicros { get; init; } = [];

    public double CommandsPerSecond { get; init; }

    public double Latency(double quantile)
    {
        var sorted = LatencyMicros.Order().ToArray();
        return sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
    }
}
