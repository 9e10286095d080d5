using Microsoft.Extensions.Logging;

namespace Jamail.AspNetCore;

/// <summary>Messages of this package: event ids 4001-4499.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception fault, string method, string? endpoint);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning,
        Message = "No API key is set (Jamail:ApiKey): Jamail's endpoints serve programs on this machine alone")]
    public static partial void LoopbackServed(this ILogger logger);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning,
        Message = "Jamail:AllowAnonymous is set and no API key is: everybody who can reach this host may use Jamail's endpoints")]
    public static partial void EverybodyServed(this ILogger logger);
}
