using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>The template of an e-mail.</summary>
internal sealed record EmailTemplateRequest
{
    [Required]
    [Description("The template's key or id.")]
    public string? Key { get; init; }

    [Description("A published version. Default: the current one.")]
    public int? Version { get; init; }

    [Description("The language, as in 'fr-CA'. Default: the template's.")]
    public string? Locale { get; init; }

    [Description("What the template's placeholders stand for: a JSON object.")]
    public JsonElement? Variables { get; init; }
}
