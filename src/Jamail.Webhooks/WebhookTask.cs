namespace Jamail.Webhooks;

/// <summary>Work that goes on in the background.</summary>
public sealed record WebhookTask
{
    /// <summary>The task's id; <see langword="null"/> when it was only counted.</summary>
    public string? Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string WebhookId { get; init; }

    /// <summary><c>recover</c> or <c>replay-missing</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many deliveries there were when it began.</summary>
    public required int Total { get; init; }

    /// <summary>How many were begun so far.</summary>
    public int Done { get; init; }

    /// <summary>Whether all were begun.</summary>
    public bool IsDone { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
