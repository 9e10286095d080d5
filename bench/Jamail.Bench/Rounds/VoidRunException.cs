namespace Jamail.Bench;

/// <summary>What was left in Redis is not what the run must leave: its figures mean nothing.</summary>
internal sealed class VoidRunException(string message) : Exception(message);
