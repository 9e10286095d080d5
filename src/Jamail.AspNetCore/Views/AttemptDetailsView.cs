using Jamail.Webhooks;

namespace Jamail.AspNetCore;

/// <summary>One request and its answer, bounded and without what proves who somebody is.</summary>
internal sealed record AttemptDetailsView(
    string Id,
    string? DeliveryId,
    int Number,
    string Origin,
    string Url,
    DateTimeOffset At,
    int? StatusCode,
    string? ErrorClass,
    string? Error,
    long DurationMs,
    long? FirstByteMs,
    IReadOnlyDictionary<string, string> RequestHeaders,
    string? RequestBody,
    IReadOnlyDictionary<string, string> ResponseHeaders,
    string? ResponseBody,
    bool ResponseTruncated)
{
    public static AttemptDetailsView Of(DeliveryAttempt attempt, string? requestBody) => new(
        attempt.Id,
        attempt.DeliveryId,
        attempt.Number,
        attempt.Origin,
        attempt.Url,
        attempt.At,
        attempt.StatusCode,
        attempt.ErrorClass,
        attempt.Error,
        attempt.DurationMs,
        attempt.FirstByteMs,
        attempt.RequestHeaders,
        requestBody,
        attempt.ResponseHeaders,
        attempt.ResponseBody,
        attempt.IsResponseTruncated);
}
