using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>What became of all e-mails in doubt that fit.</summary>
internal sealed record ResolveManyRequest
{
    [Required]
    [Description("'sent', 'failed', or 'resend' to have them sent again with the same Message-IDs.")]
    public string? As { get; init; }

    [Description("Only those of this category.")]
    public string? Category { get; init; }

    [Description("Only those that this mail server got last.")]
    public string? Provider { get; init; }

    [Description("Only those accepted before this time.")]
    public DateTimeOffset? QueuedBefore { get; init; }

    [Description("Only count them. Default: false.")]
    public bool? DryRun { get; init; }
}
