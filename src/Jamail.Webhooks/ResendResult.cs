namespace Jamail.Webhooks;

/// <summary>What became of the wish to send a delivery once more.</summary>
public enum ResendResult
{
    /// <summary>One more attempt is made.</summary>
    Accepted,

    /// <summary>The tenant has no delivery with this id.</summary>
    NotFound,

    /// <summary>An attempt is under way or due by itself; ask again when it is over.</summary>
    InFlight,

    /// <summary>The payload is past its time or was removed, so there is nothing to send.</summary>
    PayloadGone,

    /// <summary>The endpoint was deleted, so there is no address to send to.</summary>
    EndpointDeleted,
}
