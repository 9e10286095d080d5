using Jamail.Queueing;

namespace Jamail.TestWorker;

/// <summary>Waits the job's delay times the number of the attempt, and gives up after the third.</summary>
public sealed class PlannedBackoff : IBackoffStrategy
{
    public const string Type = "planned";

    public TimeSpan? WaitAfter(FailedAttempt failed) => failed.Attempt < 3 ? failed.Delay * failed.Attempt : null;
}
