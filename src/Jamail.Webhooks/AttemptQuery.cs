using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Which attempts of an endpoint. What is <see langword="null"/> does not narrow.</summary>
public sealed record AttemptQuery
{
    /// <summary>The endpoint; a deleted one keeps its history.</summary>
    public required string WebhookId { get; init; }

    /// <summary>Why they were made: <c>schedule</c>, <c>manual</c>, <c>recovery</c> or <c>test</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>The first digit of the status code, 1 to 5.</summary>
    public int? CodeClass { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 500.</summary>
    public int PageSize { get; init; } = 50;
}
