using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>An address that must not be written to.</summary>
public sealed record Suppression
{
    /// <summary>For all categories.</summary>
    public const string Everything = "*";

    /// <summary>The address; <see langword="null"/> when only its hash is known.</summary>
    public string? Address { get; init; }

    /// <summary>A category, or <see cref="Everything"/>.</summary>
    public string Scope { get; init; } = Everything;

    /// <summary>Why.</summary>
    public SuppressionReason Reason { get; init; } = SuppressionReason.Manual;

    /// <summary>Who said so: <c>sending</c>, <c>hand</c>, <c>unsubscribe</c>, or the name of a provider.</summary>
    public string Source { get; init; } = "hand";

    /// <summary>For people; at most 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it was entered; set by Jamail.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when; <see langword="null"/>: until somebody removes it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whose list it is in.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
