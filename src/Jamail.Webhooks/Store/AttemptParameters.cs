namespace Jamail.Webhooks;

/// <summary>What <c>insert_attempt</c> takes.</summary>
internal sealed class AttemptParameters
{
    public required string Id { get; init; }

    public required string DeliveryId { get; init; }

    public required string WebhookId { get; init; }

    public required string EventId { get; init; }

    public required int Number { get; init; }

    public required int Origin { get; init; }

    public required string Url { get; init; }

    public string? RemoteIp { get; init; }

    public required long StartedAt { get; init; }

    public long DurationMs { get; init; }

    public long? FirstByteMs { get; init; }

    public int? StatusCode { get; init; }

    public required int Outcome { get; init; }

    public string? ErrorClass { get; init; }

    public string? Error { get; init; }

    public string? RequestHeaders { get; init; }

    public string? ResponseHeaders { get; init; }

    public string? ResponseBody { get; init; }

    public int IsTruncated { get; init; }

    public long? NextAttemptAt { get; init; }

    public string? Worker { get; init; }
}
