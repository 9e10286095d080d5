namespace Jamail.Webhooks;

/// <summary>A row of webhook_attempt as callers see it.</summary>
internal sealed class AttemptRow
{
    public string DeliveryId { get; set; } = "";

    public int Number { get; set; }

    public long StartedAt { get; set; }

    public int? StatusCode { get; set; }

    public string? Error { get; set; }

    public long DurationMs { get; set; }

    public string? ResponseBody { get; set; }

    public DeliveryAttempt ToAttempt() => new()
    {
        Number = Number,
        At = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        StatusCode = StatusCode,
        Error = Error,
        DurationMs = DurationMs,
        ResponseBody = ResponseBody,
    };
}
