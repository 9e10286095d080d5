namespace Jamail.Webhooks;

/// <summary>The column <c>outcome</c>.</summary>
internal enum AttemptOutcome
{
    /// <summary>2xx.</summary>
    Success = 1,

    /// <summary>Another attempt follows.</summary>
    Retry = 2,

    /// <summary>No other attempt follows.</summary>
    GiveUp = 3,

    /// <summary>Nothing was sent: the address may not be called.</summary>
    Blocked = 4,
}
