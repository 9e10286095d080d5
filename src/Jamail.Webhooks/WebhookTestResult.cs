namespace Jamail.Webhooks;

/// <summary>What came of a test request.</summary>
/// <param name="StatusCode">What the endpoint answered; <see langword="null"/> when it did not.</param>
/// <param name="Error">Why it failed; <see langword="null"/> when it answered 2xx.</param>
/// <param name="DurationMs">From the start of the request to its end, in milliseconds.</param>
/// <param name="ResponseBody">The beginning of the answer's body as text, at most 4 KiB; <see langword="null"/> when there is none.</param>
public sealed record WebhookTestResult(int? StatusCode, string? Error, long DurationMs, string? ResponseBody)
{
    /// <summary>Whether the endpoint answered 2xx.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The attempt it is kept as; <see langword="null"/> when the database was away after the request.</summary>
    public string? AttemptId { get; init; }
}
