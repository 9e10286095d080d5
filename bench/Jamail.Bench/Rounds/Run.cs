namespace Jamail.Bench;

/// <summary>What both sides do in a round, and the figures it gives.</summary>
internal sealed record Run(SideSpec Spec, IReadOnlyList<Measure> Measures)
{
    /// <summary>How long an idle run and one of schedulers are watched.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>Added on the way to Redis and back again.</summary>
    public TimeSpan Distance { get; init; }
}
