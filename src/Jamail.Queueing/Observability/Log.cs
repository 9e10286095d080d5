using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>Every log message of the package. Ids 1001-1499, never reused.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "Redis is away; queues wait for it")]
    public static partial void RedisAway(this ILogger logger);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Redis is back after {Seconds} s")]
    public static partial void RedisBack(this ILogger logger, double seconds);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void RedisUnsuitable(this ILogger logger, string warning);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "Looking after the connection to Redis failed; it is tried again")]
    public static partial void RedisWatchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning,
        Message = "Redis answers, but the connection for quick calls cannot be made; jobs wait until it can")]
    public static partial void QuickConnectionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Debug,
        Message = "Job {JobId} ({JobName}) on {Queue} completed on attempt {Attempt} in {DurationMs} ms")]
    public static partial void JobCompleted(
        this ILogger logger, string queue, string jobName, string jobId, int attempt, double durationMs);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning,
        Message = "Job {JobId} ({JobName}) on {Queue} failed on attempt {Attempt} of {Attempts} and is tried again in {WaitMs} ms")]
    public static partial void JobRetried(
        this ILogger logger, Exception? exception, string queue, string jobName, string jobId, int attempt, int attempts, double waitMs);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error,
        Message = "Job {JobId} ({JobName}) on {Queue} failed for good on attempt {Attempt}: {Reason}")]
    public static partial void JobFailed(
        this ILogger logger, Exception? exception, string queue, string jobName, string jobId, int attempt, string reason);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Debug, Message = "Job {JobId} ({JobName}) on {Queue} went back: {Why}")]
    public static partial void JobReturned(this ILogger logger, string queue, string jobName, string jobId, string why);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning,
        Message = "The outcome of job {JobId} on {Queue} was refused ({Error}); another worker may have the job")]
    public static partial void OutcomeRefused(this ILogger logger, string queue, string jobId, JobQueueError error);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Error,
        Message = "The outcome of job {JobId} on {Queue} failed inside Redis; the job is left to the stalled check: {Fault}")]
    public static partial void OutcomeFaulted(this ILogger logger, string queue, string jobId, string fault);

    [LoggerMessage(EventId = 1107, Level = LogLevel.Warning,
        Message = "Id {JobId} on {Queue} has no job behind it; it was dropped without being run")]
    public static partial void OrphanDropped(this ILogger logger, string queue, string jobId);

    [LoggerMessage(EventId = 1108, Level = LogLevel.Error, Message = "Running job {JobId} on {Queue} failed outside its processor")]
    public static partial void JobRunFaulted(this ILogger logger, Exception exception, string queue, string jobId);

    [LoggerMessage(EventId = 1109, Level = LogLevel.Information, Message = "Job {JobId} ({JobName}) on {Queue} was cancelled while it ran")]
    public static partial void JobCancelled(this ILogger logger, string queue, string jobName, string jobId);

    [LoggerMessage(EventId = 1110, Level = LogLevel.Information,
        Message = "Somebody cancelled job {JobId} on {Queue}; its processor was told to stop")]
    public static partial void JobToldToStop(this ILogger logger, string queue, string jobId);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Warning,
        Message = "Looking for cancelled jobs on {Queue} failed; it is tried again")]
    public static partial void CancelWatchFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1151, Level = LogLevel.Warning,
        Message = "Scheduler {Scheduler} on {Queue} could not make its next job; the next sweep tries it again")]
    public static partial void SchedulerFailed(this ILogger logger, Exception exception, string queue, string scheduler);

    [LoggerMessage(EventId = 1152, Level = LogLevel.Warning,
        Message = "Scheduler {Scheduler} on {Queue} had lost its next job and has one again")]
    public static partial void SchedulerRepaired(this ILogger logger, string queue, string scheduler);

    [LoggerMessage(EventId = 1153, Level = LogLevel.Warning, Message = "Looking after the schedulers of {Queue} failed; it is tried again")]
    public static partial void SchedulerSweepFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1154, Level = LogLevel.Warning, Message = "Jobs of {Queue} could not be held back for other workers")]
    public static partial void HoldFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning,
        Message = "Job {JobId} on {Queue} lost its lock; its processor was told to stop")]
    public static partial void LockLost(this ILogger logger, string queue, string jobId);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning,
        Message = "The lock of job {JobId} on {Queue} could not be renewed in time; its processor was told to stop")]
    public static partial void LockNearlyLost(this ILogger logger, string queue, string jobId);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, Message = "Renewing locks on {Queue} failed; it is tried again")]
    public static partial void LockRenewalFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1204, Level = LogLevel.Warning, Message = "Job {JobId} on {Queue} had lost its worker and waits again")]
    public static partial void JobStalled(this ILogger logger, string queue, string jobId);

    [LoggerMessage(EventId = 1205, Level = LogLevel.Warning, Message = "The stalled check on {Queue} failed; it is tried again")]
    public static partial void StalledCheckFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Worker of {Queue} started with {Concurrency} slots")]
    public static partial void WorkerStarted(this ILogger logger, string queue, int concurrency);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Information, Message = "Worker of {Queue} stopped")]
    public static partial void WorkerStopped(this ILogger logger, string queue);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Warning,
        Message = "Worker of {Queue} stopped while {Jobs} jobs had not returned; the stalled check brings them back")]
    public static partial void WorkerLeftJobs(this ILogger logger, string queue, int jobs);

    [LoggerMessage(EventId = 1304, Level = LogLevel.Warning,
        Message = "Replies on {Queue} were lost with a connection; {Outcomes} outcomes are looked up")]
    public static partial void RepliesLost(this ILogger logger, string queue, int outcomes);

    [LoggerMessage(EventId = 1305, Level = LogLevel.Information,
        Message = "After lost replies on {Queue}: {Adopted} jobs found and run, {Resent} outcomes sent again, {Settled} had been settled")]
    public static partial void RepliesRecovered(this ILogger logger, string queue, int adopted, int resent, int settled);

    [LoggerMessage(EventId = 1306, Level = LogLevel.Warning, Message = "Fetching and settling jobs on {Queue} failed; it is tried again")]
    public static partial void TurnFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1307, Level = LogLevel.Warning, Message = "Waiting for work on {Queue} failed; it is tried again")]
    public static partial void MarkerWaitFailed(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1308, Level = LogLevel.Warning,
        Message = "The blocking connection of {Queue} did not answer in time and is replaced")]
    public static partial void BlockingConnectionReplaced(this ILogger logger, string queue);

    [LoggerMessage(EventId = 1320, Level = LogLevel.Warning,
        Message = "The connection that reads the events of {Queue} did not answer in time and is replaced")]
    public static partial void EventConnectionReplaced(this ILogger logger, string queue);

    [LoggerMessage(EventId = 1321, Level = LogLevel.Warning, Message = "Reading the events of {Queue} failed; it is tried again")]
    public static partial void EventsNotRead(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(EventId = 1309, Level = LogLevel.Warning, Message = "The worker of {Queue} cannot start yet and tries again: {Reason}")]
    public static partial void WorkerNotReady(this ILogger logger, Exception exception, string queue, string reason);
}
