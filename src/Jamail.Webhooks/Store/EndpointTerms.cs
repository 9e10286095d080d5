namespace Jamail.Webhooks;

/// <summary>The columns of an endpoint that an attempt depends on; null is as the host has it.</summary>
internal abstract class EndpointTerms
{
    public int? SignatureProfile { get; set; }

    public string? RetrySchedule { get; set; }

    public int? TimeoutMs { get; set; }

    public int? RatePerSecond { get; set; }

    public int? MaxInFlight { get; set; }

    public int? Ordering { get; set; }
}
