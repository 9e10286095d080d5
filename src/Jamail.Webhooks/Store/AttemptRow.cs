namespace Jamail.Webhooks;

/// <summary>A row of webhook_attempt as callers see it.</summary>
internal sealed class AttemptRow
{
    public string Id { get; set; } = "";

    public string DeliveryId { get; set; } = "";

    public string EventId { get; set; } = "";

    public int Number { get; set; }

    public int Origin { get; set; }

    public string Url { get; set; } = "";

    public string? RemoteIp { get; set; }

    public long StartedAt { get; set; }

    public int? StatusCode { get; set; }

    public string? ErrorClass { get; set; }

    public string? Error { get; set; }

    public long DurationMs { get; set; }

    public long? FirstByteMs { get; set; }

    public string? RequestHeaders { get; set; }

    public string? ResponseHeaders { get; set; }

    public string? ResponseBody { get; set; }

    public int IsTruncated { get; set; }

    public DeliveryAttempt ToAttempt() => new()
    {
        Id = Id,
        DeliveryId = Origin == AttemptOrigin.Test ? null : DeliveryId,
        Number = Number,
        Origin = AttemptOrigin.NameOf(Origin),
        Url = Url,
        RemoteIp = RemoteIp,
        At = DateTimeOffset.FromUnixTimeMilliseconds(StartedAt),
        StatusCode = StatusCode,
        ErrorClass = ErrorClass,
        Error = Error,
        DurationMs = DurationMs,
        FirstByteMs = FirstByteMs,
        RequestHeaders = HeaderText.Read(RequestHeaders),
        ResponseHeaders = HeaderText.Read(ResponseHeaders),
        ResponseBody = ResponseBody,
        IsResponseTruncated = IsTruncated == 1,
    };
}
