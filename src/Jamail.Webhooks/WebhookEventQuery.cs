using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Which events. What is <see langword="null"/> does not narrow.</summary>
public sealed record WebhookEventQuery
{
    /// <summary>The type.</summary>
    public string? Type { get; init; }

    /// <summary>A tag that they carry.</summary>
    public string? Tag { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 500.</summary>
    public int PageSize { get; init; } = 50;
}
