namespace Jamail.Queueing;

/// <summary>Says how long a failed job waits. Called by many jobs at once.</summary>
public interface IBackoffStrategy
{
    /// <summary>Chooses the wait before the next attempt. Only asked when attempts are left.</summary>
    /// <param name="failed">The attempt that failed.</param>
    /// <returns>Zero tries again at once; <see langword="null"/> gives the job up.</returns>
    TimeSpan? WaitAfter(FailedAttempt failed);
}
