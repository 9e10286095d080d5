namespace Jamail.Webhooks;

/// <summary>Whether an attempt may be made.</summary>
internal abstract record ClaimResult
{
    private ClaimResult()
    {
    }

    /// <summary>Yes.</summary>
    public sealed record Claimed(DeliveryClaim Claim) : ClaimResult;

    /// <summary>No more: the delivery has ended.</summary>
    public sealed record Ended : ClaimResult;

    /// <summary>Not now: another worker makes one, or died while it made one.</summary>
    public sealed record Busy(TimeSpan Wait) : ClaimResult;

    /// <summary>Never: the job cannot be delivered.</summary>
    public sealed record Impossible(string Reason) : ClaimResult;
}
