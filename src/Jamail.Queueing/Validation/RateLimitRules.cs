namespace Jamail.Queueing;

/// <summary>Rules of rate limits; each gives what is wrong, or null.</summary>
internal static class RateLimitRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public static string? Refusal(RateLimit? limit) => limit switch
    {
        null => null,
        { Jobs: < 1 } => $"RateLimit.Jobs is {limit.Jobs} but must be 1 or more; give no limit, or pause the queue.",
        _ when limit.Window < TimeSpan.FromMilliseconds(1) || limit.Window > Longest =>
            $"RateLimit.Window is {limit.Window} but must be 1 millisecond to 365 days; give another window, or no limit.",
        _ => null,
    };

    public static string? HoldRefusal(TimeSpan time) =>
        time <= TimeSpan.Zero || time > Longest
            ? $"The time to hold jobs back is {time} but must be more than zero and at most 365 days; " +
                "release the queue to end a hold, or pause it to hold jobs for good."
            : null;
}
