using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>Messages of the host's own parts: event ids 1401-1449.</summary>
internal static partial class HostLog
{
    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning,
        Message = "Embedded: what is not configured runs inside this host and keeps its data in {DataDirectory}; meant for one machine")]
    public static partial void Embedding(this ILogger logger, string dataDirectory);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Information,
        Message = "Embedded Redis started on 127.0.0.1:{Port} (process {Pid}), data in {Folder}")]
    public static partial void RedisStarted(this ILogger logger, int port, int pid, string folder);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Information,
        Message = "Embedded Redis of {DataDirectory} was running on 127.0.0.1:{Port} (process {Pid}); this host uses it too")]
    public static partial void RedisAdopted(this ILogger logger, int port, int pid, string dataDirectory);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Information,
        Message = "Embedded Redis on 127.0.0.1:{Port} stopped")]
    public static partial void RedisStopped(this ILogger logger, int port);

    [LoggerMessage(EventId = 1405, Level = LogLevel.Information,
        Message = "Embedded Redis on 127.0.0.1:{Port} is left running: another host uses it")]
    public static partial void RedisLeftToOthers(this ILogger logger, int port);

    [LoggerMessage(EventId = 1406, Level = LogLevel.Error,
        Message = "Embedded Redis on 127.0.0.1:{Port} (process {Pid}) was not stopped: {Reason}")]
    public static partial void RedisNotStopped(this ILogger logger, int port, int pid, string reason);

    [LoggerMessage(EventId = 1407, Level = LogLevel.Error, Message = "Embedded Redis has died; it is started again")]
    public static partial void RedisDied(this ILogger logger);

    [LoggerMessage(EventId = 1408, Level = LogLevel.Warning, Message = "Embedded Redis could not be looked after this time")]
    public static partial void RedisNotWatched(this ILogger logger, Exception fault);
}
