namespace Jamail.Interop.Tests;

/// <summary>What a call into Node threw there.</summary>
public sealed class NodeException(string message) : Exception(message);
