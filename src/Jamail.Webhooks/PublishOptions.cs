using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>What can be said about an event beside its type and payload.</summary>
public sealed record PublishOptions
{
    /// <summary>Whose endpoints the event goes to.</summary>
    /// <value>Not empty. Default: <see cref="JamailHostOptions.DefaultTenant"/>.</value>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;

    /// <summary>The caller's own id of the event: publishing it again publishes nothing.</summary>
    /// <value>1 to 128 visible ASCII characters. Default: <see langword="null"/>, which makes every call a new event.</value>
    public string? EventId { get; init; }

    /// <summary>When it happened.</summary>
    /// <value>Default: <see langword="null"/>, which means now.</value>
    public DateTimeOffset? OccurredAt { get; init; }
}
