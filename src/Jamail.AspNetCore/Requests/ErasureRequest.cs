using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>Who is to be erased.</summary>
internal sealed record ErasureRequest
{
    [Required]
    [Description("The person's address.")]
    public string? Address { get; init; }
}
