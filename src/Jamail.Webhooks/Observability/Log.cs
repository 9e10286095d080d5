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
}
