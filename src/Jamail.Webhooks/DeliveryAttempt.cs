namespace Jamail.Webhooks;

/// <summary>One request to an endpoint.</summary>
public sealed record DeliveryAttempt
{
    /// <summary>Counts from 1 within the delivery.</summary>
    public required int Number { get; init; }

    /// <summary>When the request began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the endpoint answered; <see langword="null"/> when it did not.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it failed; <see langword="null"/> when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>From the beginning of the request to its end, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The beginning of the answer's body as text, at most 4 KiB; <see langword="null"/> when there was none.</summary>
    public string? ResponseBody { get; init; }
}
