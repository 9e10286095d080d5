namespace Jamail.Queueing;

/// <summary>The next job of a scheduler.</summary>
/// <param name="JobId">Its job.</param>
/// <param name="At">When it is due.</param>
public sealed record NextRun(JobId JobId, DateTimeOffset At);
