namespace Jamail.Webhooks;

/// <summary>What an answer means for the delivery.</summary>
internal enum DeliveryVerdict
{
    /// <summary>Delivered.</summary>
    Succeeded,

    /// <summary>Try again by the schedule.</summary>
    Retry,

    /// <summary>The receiver wants nothing more, ever.</summary>
    Gone,

    /// <summary>The receiver does not want this one.</summary>
    Unwanted,

    /// <summary>Trying again would be refused again, by ourselves.</summary>
    GiveUp,
}
