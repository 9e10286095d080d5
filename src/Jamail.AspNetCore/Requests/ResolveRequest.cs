using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>What became of an e-mail in doubt.</summary>
internal sealed record ResolveRequest
{
    [Required]
    [Description("'sent', 'failed', or 'resend' to have it sent again with the same Message-ID.")]
    public string? As { get; init; }
}
