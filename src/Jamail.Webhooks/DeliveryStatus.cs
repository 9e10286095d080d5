namespace Jamail.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>Accepted; no attempt made yet.</summary>
    Pending = 0,

    /// <summary>An attempt is under way.</summary>
    Sending = 2,

    /// <summary>The last attempt failed and another one is due.</summary>
    Retrying = 3,

    /// <summary>The endpoint answered 2xx.</summary>
    Succeeded = 4,

    /// <summary>Given up: the attempts are used up, or the address may not be called.</summary>
    Exhausted = 5,

    /// <summary>Not sent because the endpoint was paused or disabled; can be sent later.</summary>
    Skipped = 6,

    /// <summary>Not sent because the endpoint was deleted or gone.</summary>
    Discarded = 7,

    /// <summary>Stopped by its owner.</summary>
    Cancelled = 8,
}
