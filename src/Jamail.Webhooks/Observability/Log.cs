using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <summary>Messages of webhooks; event ids 3001-3499.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information,
        Message = "Delivery {DeliveryId} to endpoint {WebhookId} succeeded on attempt {Attempt} with {StatusCode} in {DurationMs} ms")]
    public static partial void Delivered(
        this ILogger logger, string deliveryId, string webhookId, int attempt, int? statusCode, double durationMs);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning,
        Message = "Delivery {DeliveryId} to endpoint {WebhookId} failed on attempt {Attempt} after {DurationMs} ms: {Error} "
            + "The next attempt is due at {NextAttemptAt}")]
    public static partial void AttemptFailed(
        this ILogger logger,
        string deliveryId,
        string webhookId,
        int attempt,
        string? error,
        double durationMs,
        DateTimeOffset? nextAttemptAt);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error,
        Message = "Delivery {DeliveryId} to endpoint {WebhookId} was given up on attempt {Attempt} after {DurationMs} ms: {Error}")]
    public static partial void GivenUp(
        this ILogger logger, string deliveryId, string webhookId, int attempt, string? error, double durationMs);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning,
        Message = "What became of delivery {DeliveryId} could not be recorded yet: {Reason}")]
    public static partial void AttemptNotRecorded(this ILogger logger, string deliveryId, string reason);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Information,
        Message = "The secret of endpoint {WebhookId} was shown to somebody of tenant {Tenant}")]
    public static partial void SecretRevealed(this ILogger logger, string webhookId, string tenant);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Information,
        Message = "Endpoint {WebhookId} has a new secret; the old one signs for {GraceSeconds} s more")]
    public static partial void SecretRotated(this ILogger logger, string webhookId, double graceSeconds);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Warning, Message = "Nothing is sent to endpoint {WebhookId} any more: {Reason}")]
    public static partial void EndpointStopped(this ILogger logger, string webhookId, string reason);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Error, Message = "That endpoint {WebhookId} is {Kind} could not be told to one who wants to know")]
    public static partial void NoticeNotWritten(this ILogger logger, string webhookId, string kind, Exception exception);

    [LoggerMessage(EventId = 3009, Level = LogLevel.Warning,
        Message = "The payload of an event of type {Type} breaks its schema in {Count} places, first at '{Path}': {Rule}")]
    public static partial void SchemaBroken(this ILogger logger, string type, int count, string path, string rule);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "The upkeep of webhooks is tried again in {PauseMs} ms: {Reason}")]
    public static partial void UpkeepBlocked(this ILogger logger, double pauseMs, string reason);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Information, Message = "Task {TaskId} for endpoint {WebhookId} is done: {Done} deliveries")]
    public static partial void TaskDone(this ILogger logger, string taskId, string webhookId, int done);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information,
        Message = "Past their time: {Attempts} attempts, {Payloads} payloads, {Deliveries} deliveries, {Events} events")]
    public static partial void Expired(this ILogger logger, int attempts, int payloads, int deliveries, int events);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Warning,
        Message = "An event of type {Type} has a payload of {Bytes} bytes; receivers expect less than {Advised}")]
    public static partial void PayloadLarge(this ILogger logger, string type, int bytes, int advised);

    [LoggerMessage(EventId = 3014, Level = LogLevel.Warning,
        Message = "What a test send to endpoint {WebhookId} got could not be recorded: {Reason}")]
    public static partial void TestNotRecorded(this ILogger logger, string webhookId, string reason);
}
