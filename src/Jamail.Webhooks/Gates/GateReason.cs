namespace Jamail.Webhooks;

/// <summary>Why a delivery waits.</summary>
internal enum GateReason
{
    /// <summary>The endpoint failed often: nothing is sent for a while.</summary>
    Circuit = 1,

    /// <summary>Enough requests are under way.</summary>
    InFlight = 2,

    /// <summary>The rate is reached.</summary>
    Rate = 3,
}
