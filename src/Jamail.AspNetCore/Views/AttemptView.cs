using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record AttemptView(int Number, DateTimeOffset At, int? StatusCode, string? Error, long DurationMs)
{
    public static AttemptView Of(DeliveryAttempt attempt) =>
        new(attempt.Number, attempt.At, attempt.StatusCode, attempt.Error, attempt.DurationMs);
}
