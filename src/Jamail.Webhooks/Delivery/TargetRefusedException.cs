namespace Jamail.Webhooks;

/// <summary>A URL that is never called.</summary>
internal sealed class TargetRefusedException(string message) : Exception(message);
