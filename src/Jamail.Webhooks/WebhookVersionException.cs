namespace Jamail.Webhooks;

/// <summary>An endpoint was changed by somebody else since it was read.</summary>
public sealed class WebhookVersionException : Exception
{
    internal WebhookVersionException(string id)
        : base($"Endpoint '{id}' was changed since you read it; read it again and repeat the change.")
    {
    }
}
