using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Which of the e-mails in doubt are meant.</summary>
public sealed record UncertainQuery
{
    /// <summary>Only those of this category; <see langword="null"/>: of all.</summary>
    public string? Category { get; init; }

    /// <summary>Only those that this mail server got last; <see langword="null"/>: any.</summary>
    public string? Provider { get; init; }

    /// <summary>Only those accepted before this time; <see langword="null"/>: all.</summary>
    public DateTimeOffset? QueuedBefore { get; init; }

    /// <summary>Whose they are.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
