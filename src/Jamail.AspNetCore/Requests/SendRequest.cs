using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>An e-mail to be made from a template.</summary>
internal sealed record SendRequest
{
    [Required]
    [Description("The recipient: one address, as in 'anna@example.com'.")]
    public string? Recipient { get; init; }

    [Description("What the template's placeholders stand for: a JSON object.")]
    public JsonElement? Variables { get; init; }
}
