namespace Jamail.Webhooks;

/// <summary>How an endpoint is served. What is <see langword="null"/> is as the host has it.</summary>
public sealed record WebhookEndpointSettings
{
    /// <summary>Who is told by e-mail when the endpoint fails for long: one address; <see langword="null"/>: nobody.</summary>
    public string? OwnerEmail { get; init; }

    /// <summary>
    /// Channels the endpoint listens to, at most 20: it receives only events published to one of them;
    /// <see langword="null"/> or empty: all events.
    /// </summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>
    /// A JSON Schema: only events whose payload keeps it are sent, as in
    /// <c>{"properties": {"total": {"minimum": 100}}}</c>; <see langword="null"/>: all events.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>Which signature headers requests carry; <see langword="null"/>: <see cref="WebhooksOptions.SignatureProfile"/>.</summary>
    public WebhookSignatureProfile? SignatureProfile { get; init; }

    /// <summary>
    /// The waits between attempts: <c>compat</c> (1, 5, 15 minutes), <c>standard</c> (5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h,
    /// each up to a fifth more or less), <c>svix-like</c> (5 s, 5 min, 30 min, 2, 5, 10, 10 h, likewise) or a list as <c>00:00:30, 00:10:00</c>, at most 30 waits of at most 7 days;
    /// <see langword="null"/>: the host's.
    /// </summary>
    public string? RetrySchedule { get; init; }

    /// <summary>How long one attempt may take, 1 to 60 seconds; <see langword="null"/>: <see cref="WebhooksOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most requests per second, 1 to 10,000; <see langword="null"/>: no limit.</summary>
    public int? RatePerSecond { get; init; }

    /// <summary>Most requests under way at the same time, over all hosts, 1 to 1,000; <see langword="null"/>: <see cref="WebhooksOptions.MaxInFlight"/>.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Whether deliveries wait for earlier ones.</summary>
    public WebhookOrdering Ordering { get; init; }

    /// <summary>
    /// With an order: whether a delivery that is given up stops those behind it until it is resent with success or the
    /// endpoint is enabled anew. Otherwise the next one follows.
    /// </summary>
    public bool BlocksOnFailure { get; init; }
}
