using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record WebhookTestView(bool Succeeded, int? StatusCode, string? Error, long DurationMs, string? ResponseBody, string? AttemptId)
{
    public static WebhookTestView Of(WebhookTestResult result) =>
        new(result.Succeeded, result.StatusCode, result.Error, result.DurationMs, result.ResponseBody, result.AttemptId);
}
