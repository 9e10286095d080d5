namespace Jamail.Queueing;

/// <summary>How long a failed job waits, by BullMQ's arithmetic.</summary>
internal static class RetryDelay
{
    // Far enough for every use, near enough for delayed scores to stay numbers.
    public const double MaxMs = 100d * 365 * 24 * 60 * 60 * 1000;

    /// <param name="backoff">As stored; null waits not at all.</param>
    /// <param name="attempt">The attempt that just failed, counting from 1.</param>
    /// <param name="random">Gives numbers from 0 up to but not including 1.</param>
    /// <returns>Whole milliseconds; null when nobody here knows the type of back-off.</returns>
    public static long? Milliseconds(StoredBackoff? backoff, int attempt, Func<double> random) => backoff switch
    {
        null => 0,
        { Type: "fixed" } => Whole(Jittered(backoff.DelayMs, backoff.Jitter, random)),
        { Type: "exponential" } =>
            Whole(Jittered(Math.Floor((Math.Pow(2, attempt - 1) * backoff.DelayMs) + 0.5), backoff.Jitter, random)),
        { Type: "schedule", WaitsMs: { Count: > 0 } waits } => Whole(waits[Math.Clamp(attempt, 1, waits.Count) - 1]),
        _ => null,
    };

    private static double Jittered(double wait, double jitter, Func<double> random)
    {
        if (!(jitter > 0))
        {
            return wait;
        }

        var share = wait * Math.Min(jitter, 1);
        return Math.Floor((random() * share) + wait - share);
    }

    private static long Whole(double wait) => double.IsNaN(wait) ? 0 : (long)Math.Clamp(wait, 0, MaxMs);
}
