namespace Jamail.Webhooks;

/// <summary>What the owner of an endpoint should know.</summary>
public sealed record EndpointNotice
{
    /// <summary>What happened.</summary>
    public required EndpointNoticeKind Kind { get; init; }

    /// <summary>Whose endpoint it is.</summary>
    public required string Tenant { get; init; }

    /// <summary>The endpoint.</summary>
    public required string WebhookId { get; init; }

    /// <summary>Where its requests go.</summary>
    public required string Url { get; init; }

    /// <summary>Who is to be told: one e-mail address; <see langword="null"/> when the endpoint names nobody.</summary>
    public string? OwnerEmail { get; init; }

    /// <summary>Since when it fails; <see langword="null"/> when it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it will be disabled if nothing succeeds before; <see langword="null"/> when it will not be.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>How many requests failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>What went wrong last; <see langword="null"/> when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }
}
