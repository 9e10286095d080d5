namespace Jamail.AspNetCore;

/// <summary>Marks the endpoints that a caller needs a key for.</summary>
internal sealed class GuardedEndpoint;
