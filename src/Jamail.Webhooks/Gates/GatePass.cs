namespace Jamail.Webhooks;

/// <summary>Whether a delivery may be sent now.</summary>
internal abstract record GatePass
{
    private GatePass()
    {
    }

    /// <summary>Yes. It must be left again.</summary>
    /// <param name="Gate">Which endpoint and tenant.</param>
    /// <param name="DeliveryId">What entered.</param>
    /// <param name="IsProbe">Whether it finds out if an endpoint that failed is well again.</param>
    /// <param name="At">When, on the monotonic clock.</param>
    public sealed record Entered(GateTerms Gate, string DeliveryId, bool IsProbe, long At) : GatePass;

    /// <summary>Not yet.</summary>
    public sealed record Wait(GateReason Reason, TimeSpan Time) : GatePass;
}
