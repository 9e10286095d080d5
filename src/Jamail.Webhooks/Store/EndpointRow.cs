namespace Jamail.Webhooks;

/// <summary>A row of webhook_endpoint.</summary>
internal sealed class EndpointRow : EndpointTerms
{
    /// <summary>The status that a caller never sees.</summary>
    public const int Deleted = 5;

    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string? Uid { get; set; }

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";

    public string EventTypes { get; set; } = "";

    public int Status { get; set; }

    public string? DisabledReason { get; set; }

    public int Version { get; set; } = 1;

    public string? OwnerEmail { get; set; }

    public string? Channels { get; set; }

    public string? Filter { get; set; }

    public int Blocks { get; set; }

    public int ConsecutiveFailures { get; set; }

    public long? FailingSince { get; set; }

    public long? LastSuccessAt { get; set; }

    public long? LastFailureAt { get; set; }

    public int AlertStep { get; set; }

    public long? RefusedSince { get; set; }

    public byte[]? HeadersEnc { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public WebhookEndpoint ToEndpoint() => new()
    {
        Id = Id,
        Uid = Uid,
        Url = Url,
        Description = Description,
        Events = EventFilter.Parse(EventTypes).Patterns,
        Status = (WebhookEndpointStatus)Status,
        StatusReason = DisabledReason,
        FailingSince = UnixTime.From(FailingSince),
        RefusedSince = UnixTime.From(RefusedSince),
        Version = Version,
        Settings = ToSettings(),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };

    public void Take(WebhookEndpointSettings settings)
    {
        OwnerEmail = settings.OwnerEmail;
        Channels = TextList.ToColumn(settings.Channels);
        Filter = settings.Filter;
        SignatureProfile = (int?)settings.SignatureProfile;
        RetrySchedule = settings.RetrySchedule;
        TimeoutMs = (int?)settings.Timeout?.TotalMilliseconds;
        RatePerSecond = settings.RatePerSecond;
        MaxInFlight = settings.MaxInFlight;
        Ordering = (int)settings.Ordering;
        Blocks = settings.BlocksOnFailure ? 1 : 0;
    }

    private WebhookEndpointSettings ToSettings() => new()
    {
        OwnerEmail = OwnerEmail,
        Channels = TextList.Parse(Channels),
        Filter = Filter,
        SignatureProfile = (WebhookSignatureProfile?)SignatureProfile,
        RetrySchedule = RetrySchedule,
        Timeout = TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
        RatePerSecond = RatePerSecond,
        MaxInFlight = MaxInFlight,
        Ordering = (WebhookOrdering)(Ordering ?? 0),
        BlocksOnFailure = Blocks == 1,
    };
}
