using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

/// <summary>Messages of the code that packages share; event ids 5001-5099. The category names the package.</summary>
internal static partial class SharedLog
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Error,
        Message = "The database is away: {Reason} Nothing can be accepted until it is back; it is tried again every second")]
    public static partial void DatabaseAway(this ILogger logger, string reason);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "The database is there")]
    public static partial void DatabaseThere(this ILogger logger);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Critical,
        Message = "The tables cannot be used, so nothing is accepted until this host is restarted with the cause removed")]
    public static partial void SchemaWrong(this ILogger logger, Exception fault);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Information, Message = "The tables were brought up by {Steps} migrations")]
    public static partial void Migrated(this ILogger logger, int steps);

    [LoggerMessage(EventId = 5005, Level = LogLevel.Warning,
        Message = "Commits are not announced by the database ({Reason}); the outbox is looked at every {PollMs} ms instead")]
    public static partial void NotListening(this ILogger logger, string reason, double pollMs);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Warning,
        Message = "The outbox of {Queue} could not be emptied: {Reason} It is tried again in {RetryMs} ms; nothing is lost")]
    public static partial void OutboxBlocked(this ILogger logger, string queue, string reason, double retryMs);

    [LoggerMessage(EventId = 5007, Level = LogLevel.Warning,
        Message = "Redis lost the memory of {Queue}: {Count} unfinished rows were added again")]
    public static partial void MemoryLost(this ILogger logger, string queue, int count);

    [LoggerMessage(EventId = 5008, Level = LogLevel.Warning,
        Message = "Job {JobId} on {Queue} was found as {State} although its row is unfinished; the row is now {Verdict}")]
    public static partial void Settled(this ILogger logger, string queue, string jobId, string state, string verdict);

    [LoggerMessage(EventId = 5009, Level = LogLevel.Error,
        Message = "The sweep of {Queue} failed; it runs again in {RetryMs} ms")]
    public static partial void SweepFailed(this ILogger logger, string queue, double retryMs, Exception fault);

    [LoggerMessage(EventId = 5010, Level = LogLevel.Critical,
        Message = "Queue {Queue} belongs to database {Theirs}, and this host's database is {Ours}: its jobs are not worked "
            + "here. Point Jamail:Database at the right one, or use another queue or Redis")]
    public static partial void WrongDatabase(this ILogger logger, string queue, string theirs, string ours);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Information,
        Message = "A pooler stands between this host and PostgreSQL: statements are not prepared and sessions are reset. If it keeps "
            + "prepared statements (PgBouncer 1.21 and later), put 'Max Auto Prepare=100;No Reset On Close=true' into Jamail:Database")]
    public static partial void PoolerFound(this ILogger logger);
}
