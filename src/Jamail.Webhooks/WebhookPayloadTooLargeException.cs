namespace Jamail.Webhooks;

/// <summary>A payload is larger than the host allows.</summary>
public sealed class WebhookPayloadTooLargeException : Exception
{
    internal WebhookPayloadTooLargeException(int bytes, int maxBytes)
        : base($"The payload has {bytes} bytes, and at most {maxBytes} are allowed.")
    {
    }
}
