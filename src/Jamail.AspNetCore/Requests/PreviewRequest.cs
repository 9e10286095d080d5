using System.ComponentModel;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>What to render a template with.</summary>
internal sealed record PreviewRequest
{
    [Description("What the template's placeholders stand for: a JSON object.")]
    public JsonElement? Variables { get; init; }

    [Description("A published version. Default: the current one.")]
    public int? Version { get; init; }

    [Description("The language, as in 'fr-CA'. Default: the template's.")]
    public string? Locale { get; init; }
}
