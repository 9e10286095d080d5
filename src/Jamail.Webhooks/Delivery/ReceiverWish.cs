namespace Jamail.Webhooks;

/// <summary>What a receiver asks for in the header <c>webhook-delivery</c> of its answer.</summary>
internal enum ReceiverWish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>abort-message</c>: this event is not sent again.</summary>
    AbortMessage,

    /// <summary><c>disable</c>: nothing is sent until the owner enables the endpoint.</summary>
    Disable,
}
