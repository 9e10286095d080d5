namespace Jamail.Queueing;

/// <summary>How many jobs of a queue may be started in a time.</summary>
/// <param name="Jobs">1 or more.</param>
/// <param name="Window">At least 1 millisecond; whole milliseconds on the wire. It begins with the first job.</param>
public sealed record RateLimit(int Jobs, TimeSpan Window);
