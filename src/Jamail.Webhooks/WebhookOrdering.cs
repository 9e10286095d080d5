namespace Jamail.Webhooks;

/// <summary>Whether deliveries wait for earlier ones.</summary>
public enum WebhookOrdering
{
    /// <summary>No: each goes as soon as it can.</summary>
    None = 0,

    /// <summary>Each waits until all earlier ones of the endpoint have come to their end.</summary>
    Endpoint = 1,

    /// <summary>Each waits until the earlier ones of the endpoint with the same ordering key have come to their end.</summary>
    Key = 2,
}
