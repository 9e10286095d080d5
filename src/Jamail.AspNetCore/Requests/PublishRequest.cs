using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Which version is to be the current one.</summary>
internal sealed record PublishRequest
{
    [Required]
    [Description("A draft, or an older version to roll back to.")]
    public int? Version { get; init; }
}
