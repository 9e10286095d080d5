using System.Text.Json;

namespace Jamail.Bench;

/// <summary>What one child process is to do; the same text for both sides.</summary>
internal sealed record SideSpec
{
    /// <summary>The warm-up comes in so many parts, each followed by a rest; the same in warmup.mjs.</summary>
    public const int WarmupParts = 4;

    /// <summary>Jobs of a flow; the same in flows.mjs.</summary>
    public const int FlowSize = 10;

    /// <summary><c>jobs</c>, <c>latency</c>, <c>idle</c>, <c>memory</c>, <c>flows</c> or <c>schedulers</c>.</summary>
    public required string Kind { get; init; }

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; }

    public string Queue { get; init; } = "bench";

    /// <summary>Jobs measured; with <c>idle</c> the number of workers, with <c>schedulers</c> of schedulers.</summary>
    public required int Count { get; init; }

    /// <summary>Jobs added and worked off on another queue before the measuring begins.</summary>
    public int Warmup { get; init; }

    /// <summary>How long each rest of the warm-up is; what is left for the compilers then counts as the run's own.</summary>
    public int WarmupRestMs { get; init; } = 1000;

    /// <summary>Whether this child adds the jobs; of several workers on a queue only one does.</summary>
    public bool Add { get; init; } = true;

    /// <summary>How many callers add at the same time, each awaiting its own; without <see cref="Bulk"/>.</summary>
    public int Callers { get; init; } = 50;

    /// <summary>Jobs of one bulk; zero adds one by one.</summary>
    public int Bulk { get; init; }

    /// <summary>Whether the jobs are worked off after they were added.</summary>
    public bool Process { get; init; }

    public int Concurrency { get; init; } = 1;

    /// <summary>How long a processor waits; with <c>latency</c>, the pause between two jobs.</summary>
    public int WaitMs { get; init; }

    /// <summary>How often the same is done, each time when the bench says so.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The worker stops after so many attempts as the jobs need, though others are left.</summary>
    public bool StopsItself { get; init; }

    /// <summary>How many attempts of each job fail before one completes.</summary>
    public int Failures { get; init; }

    /// <summary>Who listens to telemetry in the child: nobody, <c>measures</c>, or <c>all</c> (measures and every span).</summary>
    public string? Listens { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static SideSpec FromJson(string json) =>
        JsonSerializer.Deserialize<SideSpec>(json, JsonSerializerOptions.Web)!;
}
