using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>What a layout or a partial is made of.</summary>
internal sealed record PartRequest
{
    [Required]
    [Description("The HTML; a layout has {{> content}} where the content belongs, and any may hold {{> partial}}.")]
    public string? Html { get; init; }
}
