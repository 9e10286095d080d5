namespace Jamail.Webhooks;

/// <summary>The rule table.</summary>
internal static class DeliveryVerdicts
{
    // Client errors are retried too: receivers do mend their routes and keys.
    public static DeliveryVerdict Of(DeliveryAnswer answer) => answer switch
    {
        { Fault: DeliveryFault.BlockedAddress or DeliveryFault.BadUrl } => DeliveryVerdict.GiveUp,
        { Fault: not DeliveryFault.None } => DeliveryVerdict.Retry,
        { StatusCode: >= 200 and < 300 } => DeliveryVerdict.Succeeded,
        { StatusCode: 410 } => DeliveryVerdict.Gone,
        _ => DeliveryVerdict.Retry,
    };
}
