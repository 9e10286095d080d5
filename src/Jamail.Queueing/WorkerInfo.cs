namespace Jamail.Queueing;

/// <summary>A worker that Redis has a connection of, whatever its language.</summary>
/// <param name="Name">Its name; <see langword="null"/> when it has none.</param>
/// <param name="Address">Where it connects from, as Redis sees it.</param>
/// <param name="ConnectedFor">How long.</param>
public sealed record WorkerInfo(string? Name, string Address, TimeSpan ConnectedFor);
