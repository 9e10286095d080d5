namespace Jamail.Queueing;

/// <summary>What follows the prefix in the keys of a queue: ids of jobs, what hangs on jobs, and the queue's own keys.</summary>
internal static class QueueSuffixes
{
    private const string Limiter = "limiter";

    private static readonly string[] OfJobs = [":logs", ":dependencies", ":processed", ":failed", ":unsuccessful"];

    // Of these the second would read as something that hangs on a job.
    private static readonly HashSet<string> OwnKeys = new(StringComparer.Ordinal)
    {
        "metrics:completed", "metrics:failed", "metrics:completed:data", "metrics:failed:data", "wait", "paused", "active", "prioritized",
        "delayed", "waiting-children", "completed", "failed", "marker", "id", "pc", "meta", "events", "stalled", "stalled-check",
        Limiter, "repeat",
    };

    /// <summary>The ids of what may be jobs; whether it is one only its key tells.</summary>
    public static HashSet<string> JobsAmong(IEnumerable<string> suffixes)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var suffix in suffixes)
        {
            if (!OwnKeys.Contains(suffix) && !IsDeduplicationOrLimit(suffix) && !suffix.EndsWith(":lock", StringComparison.Ordinal))
            {
                var part = OfJobs.FirstOrDefault(part => suffix.EndsWith(part, StringComparison.Ordinal)) ?? "";
                ids.Add(suffix[..^part.Length]);
            }
        }

        return ids;
    }

    public static bool IsDeduplicationOrLimit(string suffix) =>
        suffix == Limiter
        || suffix.StartsWith("de:", StringComparison.Ordinal)
        || suffix.StartsWith("dn:", StringComparison.Ordinal);
}
