using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>What of an e-mail that waits is to change.</summary>
[BodyRule(UsesPointers = true)]
internal sealed record EmailChangeRequest
{
    [Required]
    [Description("When to send it; a time in the past means at once.")]
    public DateTimeOffset? ScheduledAt { get; init; }
}
