namespace Jamail.Mail;

/// <summary>How waits of one class differ from the category's schedule.</summary>
internal sealed record DeferralRule
{
    /// <summary>No wait is shorter.</summary>
    public TimeSpan Least { get; init; }

    /// <summary>The first wait is not shorter.</summary>
    public TimeSpan LeastFirst { get; init; }

    /// <summary>No wait is longer.</summary>
    public TimeSpan Most { get; init; } = TimeSpan.MaxValue;

    /// <summary>The age from which on it is no longer temporary, but bounced; null: the mail's own age limit is the only one.</summary>
    public TimeSpan? BouncesAfter { get; init; }
}
