namespace Jamail.Webhooks;

/// <summary>Whether an endpoint receives events.</summary>
public enum WebhookEndpointStatus
{
    /// <summary>Events are sent.</summary>
    Active = 1,

    /// <summary>Held by its owner: deliveries are kept as skipped.</summary>
    Paused = 2,

    /// <summary>Switched off because it failed for long: deliveries are kept as skipped.</summary>
    Disabled = 3,

    /// <summary>It answered 410: nothing more is sent, and what waited is discarded.</summary>
    Gone = 4,
}
