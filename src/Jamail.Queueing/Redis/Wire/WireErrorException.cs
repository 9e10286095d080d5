namespace Jamail.Queueing;

/// <summary>An error that Redis replied, in its words.</summary>
internal sealed class WireErrorException(string message) : Exception(message);
