namespace Jamail.Webhooks;

/// <summary>The rule table.</summary>
internal static class DeliveryVerdicts
{
    private static readonly TimeSpan MostAdvice = TimeSpan.FromHours(24);
    private static readonly TimeSpan Throttled = TimeSpan.FromSeconds(60);

    // Client errors are retried too: receivers do mend their routes and keys.
    public static DeliveryVerdict Of(DeliveryAnswer answer) => answer switch
    {
        { Fault: DeliveryFault.BlockedAddress or DeliveryFault.BadUrl } => DeliveryVerdict.GiveUp,
        { Fault: not DeliveryFault.None } => DeliveryVerdict.Retry,
        { StatusCode: >= 200 and < 300 } => DeliveryVerdict.Succeeded,
        { StatusCode: 410 } => DeliveryVerdict.Gone,
        { Wish: not ReceiverWish.None } => DeliveryVerdict.Unwanted,
        _ => DeliveryVerdict.Retry,
    };

    /// <summary>What the answer tells about the endpoint.</summary>
    public static bool? Charge(DeliveryAnswer answer, DeliveryVerdict verdict) => verdict switch
    {
        DeliveryVerdict.Succeeded => true,
        DeliveryVerdict.Retry when answer.Fault != DeliveryFault.Stopped => false,
        _ => null,
    };

    /// <summary>How long until the next attempt: as planned, or later when the answer says so or makes an early one pointless.</summary>
    public static TimeSpan Wait(DeliveryAnswer answer, TimeSpan planned, RetrySchedule schedule, DateTimeOffset now)
    {
        var wait = planned;
        if (answer.RetryAfter is { } advice)
        {
            wait = Later(wait, Earlier(advice - now, MostAdvice));
        }

        return answer.StatusCode switch
        {
            429 or 502 or 503 or 504 => Later(wait, Throttled),
            400 or 401 or 403 or 404 or 405 or 415 or 422 when !schedule.IsContract && wait <= RetrySchedule.Fast =>
                Later(wait, schedule.Waits.FirstOrDefault(step => step > RetrySchedule.Fast)),
            _ => wait,
        };
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
