using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Addresses that must not be written to.</summary>
[BodyRule(Limit = 8 * 1024 * 1024)]
internal sealed record SuppressionImportRequest
{
    [Required]
    [Description("At most 10,000.")]
    public IReadOnlyList<SuppressionRequest>? Entries { get; init; }
}
