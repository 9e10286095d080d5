namespace Jamail.Webhooks;

/// <summary>What <c>end_attempt</c> takes.</summary>
internal sealed record EndParameters(
    string Id,
    string Token,
    int Status,
    int? StatusCode,
    string? ErrorClass,
    long? NextAttemptAt,
    long? NotBefore,
    int JobState,
    long JobDueAt,
    long? CompletedAt);
