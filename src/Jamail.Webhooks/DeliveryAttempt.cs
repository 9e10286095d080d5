namespace Jamail.Webhooks;

/// <summary>One request to an endpoint.</summary>
public sealed record DeliveryAttempt
{
    /// <summary>The attempt's id.</summary>
    public required string Id { get; init; }

    /// <summary>The delivery it belongs to; <see langword="null"/> for a test send.</summary>
    public required string? DeliveryId { get; init; }

    /// <summary>Counts from 1 within the delivery.</summary>
    public required int Number { get; init; }

    /// <summary>When the request began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where the request went.</summary>
    public required string Url { get; init; }

    /// <summary>The address that was connected to, or last tried; <see langword="null"/> when none was.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>Why it was made: <c>schedule</c>, <c>manual</c>, <c>recovery</c> or <c>test</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What the endpoint answered; <see langword="null"/> when it did not.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>A word for the kind of error, as <c>timeout</c> or <c>http_status</c>; <see langword="null"/> when it succeeded.</summary>
    public string? ErrorClass { get; init; }

    /// <summary>From the beginning of the request to its end, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>From the beginning of the request to the head of the answer, in milliseconds; <see langword="null"/> when none came.</summary>
    public long? FirstByteMs { get; init; }

    /// <summary>The headers that were sent; those that prove who somebody is show as <c>***</c>.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    /// <summary>The headers that came; those that prove who somebody is show as <c>***</c>.</summary>
    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    /// <summary>Whether the answer's body went on after <see cref="ResponseBody"/>.</summary>
    public bool IsResponseTruncated { get; init; }

    /// <summary>The beginning of the answer's body as text, at most 4 KiB; <see langword="null"/> when there was none.</summary>
    public string? ResponseBody { get; init; }
}
