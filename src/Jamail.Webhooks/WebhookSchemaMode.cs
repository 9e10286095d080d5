namespace Jamail.Webhooks;

/// <summary>What happens to an event whose payload breaks its schema.</summary>
public enum WebhookSchemaMode
{
    /// <summary>It is not compared.</summary>
    Off = 0,

    /// <summary>It is published, and logged.</summary>
    Warn = 1,

    /// <summary>It is refused, with every place that is wrong.</summary>
    Reject = 2,
}
