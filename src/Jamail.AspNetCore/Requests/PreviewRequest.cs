using System.ComponentModel;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>What to render a template with.</summary>
internal sealed record PreviewRequest
{
    [Description("What the template's placeholders stand for: a JSON object.")]
    public JsonElement? Variables { get; init; }
}
