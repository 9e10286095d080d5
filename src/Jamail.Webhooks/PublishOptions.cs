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

    /// <summary>
    /// Makes repeats of a call harmless: the second call with the same key within 24 hours publishes nothing and returns what
    /// the first did.
    /// </summary>
    /// <value>1 to 256 visible ASCII characters. Default: <see langword="null"/>, which makes every call its own.</value>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the event is about: endpoints with <see cref="WebhookOrdering.Key"/> get events of one key one after the other.</summary>
    /// <value>1 to 128 visible ASCII characters. Default: <see langword="null"/>, which has no order.</value>
    public string? OrderingKey { get; init; }

    /// <summary>Where it happened: endpoints that name channels get only events of these.</summary>
    /// <value>At most 20 of 1 to 128 visible ASCII characters. Default: <see langword="null"/>, which is no channel.</value>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Words to find the event by.</summary>
    /// <value>At most 20 of 1 to 128 visible ASCII characters. Default: <see langword="null"/>.</value>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>How long the payload is kept after all deliveries have come to their end.</summary>
    /// <value>1 minute to 10 years. Default: <see langword="null"/>, which means <see cref="WebhooksOptions.KeepPayloads"/>.</value>
    public TimeSpan? KeepPayload { get; init; }

    /// <summary>When it happened.</summary>
    /// <value>Default: <see langword="null"/>, which means now.</value>
    public DateTimeOffset? OccurredAt { get; init; }
}
