using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>A template in one language.</summary>
internal sealed record TemplateContentRequest
{
    [Required]
    [Description("The subject: one line.")]
    public string? Subject { get; init; }

    [Required]
    [Description("The HTML content.")]
    public string? Html { get; init; }

    [Description("The plain text. Left out: made from the HTML.")]
    public string? Text { get; init; }

    [Description("The line that inboxes show beside the subject: text, at most 250 characters.")]
    public string? Preheader { get; init; }
}
