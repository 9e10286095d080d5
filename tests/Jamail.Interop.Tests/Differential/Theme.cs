namespace Jamail.Interop.Tests.Differential;

/// <summary>What a history is mostly about. A mixture of everything hardly reaches the corners of anything.</summary>
/// <param name="DedupPercent">How many adds deduplicate.</param>
/// <param name="ParentPercent">How many adds have a parent.</param>
/// <param name="StandsStill">Whether the time stands still, so that jobs are due in the same millisecond.</param>
/// <param name="OfFive">Only with what 5.x clients know: no deferred release of parents, no rescheduling.</param>
internal sealed record Theme(int DedupPercent, int ParentPercent, bool StandsStill, bool OfFive = false)
{
    public static Theme Mixed { get; } = new(40, 40, StandsStill: false);

    /// <summary>A theme for a comparison of the script: deduplication and flows are mostly a matter of adding.</summary>
    public static Theme Choose(Random random, string script)
    {
        var adds = script.StartsWith("add", StringComparison.Ordinal) && script.EndsWith("Job", StringComparison.Ordinal);
        return random.Next(100) switch
        {
            var at when at < (adds ? 45 : 25) => new Theme(95, 10, random.Next(2) == 0),
            var at when at < (adds ? 75 : 50) => new Theme(10, 90, random.Next(2) == 0),
            < 80 => new Theme(15, 15, StandsStill: true),
            _ => Mixed,
        };
    }
}
