using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>What can be said about an event beside its type and payload.</summary>
public sealed record PublishOptions
{
    /// <summary>Whose endpoints the event goes to.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;

    /// <summary>When it happened; <see langword="null"/>: now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
}
