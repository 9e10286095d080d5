using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Jamail.AspNetCore;

/// <summary>A test e-mail to be made from a template.</summary>
internal sealed record TestSendRequest
{
    [Required]
    [Description("1 to 5 addresses of your own.")]
    public IReadOnlyList<string>? To { get; init; }

    [Description("A published version. Default: the current one.")]
    public int? Version { get; init; }

    [Description("The language. Default: the template's.")]
    public string? Locale { get; init; }

    [Description("What the template's placeholders stand for: a JSON object.")]
    public JsonElement? Variables { get; init; }
}
