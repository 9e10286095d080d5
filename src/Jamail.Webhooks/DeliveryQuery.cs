using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Which deliveries. What is <see langword="null"/> does not narrow.</summary>
public sealed record DeliveryQuery
{
    /// <summary>The endpoint; a deleted one keeps its history.</summary>
    public string? WebhookId { get; init; }

    /// <summary>The event.</summary>
    public string? EventId { get; init; }

    /// <summary>Where they stand.</summary>
    public DeliveryStatus? Status { get; init; }

    /// <summary>The first digit of the last status code, 1 to 5.</summary>
    public int? CodeClass { get; init; }

    /// <summary>The type of the event.</summary>
    public string? EventType { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1 to 500.</summary>
    public int PageSize { get; init; } = 50;
}
