using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Why a job is to stop, and what becomes of it.</summary>
internal sealed record CancelRequest
{
    [Required]
    [Description("Why; the job's failed reason says it.")]
    public string? Reason { get; init; }

    [Description("fail (default) or remove.")]
    public string? Then { get; init; }
}
