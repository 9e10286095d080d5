namespace Jamail.Webhooks;

/// <summary>What came of one request.</summary>
internal sealed record DeliveryAnswer
{
    public int? StatusCode { get; init; }

    public DeliveryFault Fault { get; init; }

    /// <summary>What went wrong, for the attempt's row; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The headers that were sent, masked; null when nothing was.</summary>
    public string? RequestHeaders { get; init; }

    /// <summary>The headers that came, masked; null when none did.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The address that was connected to, or last tried; null when none was.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>The beginning of the body as text; null when there is none.</summary>
    public string? Body { get; init; }

    public bool IsBodyTruncated { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>From the start of the request to the head of the answer; null when none came.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>When the receiver wants to be asked again; null when it did not say.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    public ReceiverWish Wish { get; init; }
}
