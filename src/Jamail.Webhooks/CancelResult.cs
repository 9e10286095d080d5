namespace Jamail.Webhooks;

/// <summary>What became of the wish to end a delivery.</summary>
public enum CancelResult
{
    /// <summary>It is cancelled.</summary>
    Accepted,

    /// <summary>The tenant has no delivery with this id.</summary>
    NotFound,

    /// <summary>An attempt is under way; ask again when it is over.</summary>
    InFlight,

    /// <summary>It had come to its end already.</summary>
    Ended,
}
