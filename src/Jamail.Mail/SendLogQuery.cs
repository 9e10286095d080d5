using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Which e-mails to list. What is <see langword="null"/> does not restrict.</summary>
public sealed record SendLogQuery
{
    /// <summary>Only those in this state.</summary>
    public EmailStatus? Status { get; init; }

    /// <summary>Only those to this address; upper and lower case are the same.</summary>
    public string? Recipient { get; init; }

    /// <summary>Only those of this kind.</summary>
    public string? Category { get; init; }

    /// <summary>Only those made from the template with this id or key.</summary>
    public string? Template { get; init; }

    /// <summary>Only those with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only those of this batch.</summary>
    public string? BatchId { get; init; }

    /// <summary>Only those last handed to this provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Only those accepted at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those accepted before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many at most, 1 to 200.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Whose they are.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
