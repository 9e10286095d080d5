using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Sorts exceptions of StackExchange.Redis.</summary>
internal static class RedisFaults
{
    private static readonly string[] NotRunPrefixes =
        ["NOSCRIPT", "LOADING", "READONLY", "CLUSTERDOWN", "MASTERDOWN", "MOVED ", "ASK ", "TRYAGAIN", "BUSY ", "UNBLOCKED"];

    public static RedisFault Of(Exception exception) => exception switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } => RedisFault.NotSent,
        RedisConnectionException { CommandStatus: CommandStatus.WaitingToBeSent } => RedisFault.NotSent,
        WireLostException { IsSent: false } => RedisFault.NotSent,
        WireErrorException error => OfMessage(error.Message),
        RedisServerException server => OfMessage(server.Message),
        JobQueueException { Error: JobQueueError.Unavailable } => RedisFault.NotRun,
        JobQueueException { InnerException: { } inner } => Of(inner),
        JobQueueException { Error: JobQueueError.ScriptFailed } script => OfMessage(script.Message),
        JobQueueException { Error: not JobQueueError.Unknown } => RedisFault.Refused,
        _ => RedisFault.Lost,
    };

    private static RedisFault OfMessage(string message)
    {
        foreach (var prefix in NotRunPrefixes)
        {
            if (message.StartsWith(prefix, StringComparison.Ordinal))
            {
                return RedisFault.NotRun;
            }
        }

        return RedisFault.Refused;
    }
}
