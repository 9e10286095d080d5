namespace Jamail.Webhooks;

/// <summary>Tells the queue that an attempt failed and that the job's schedule decides when the next one is due.</summary>
internal sealed class DeliveryFailedException(string message) : Exception(message);
