using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The sources of a template, read by their engine.</summary>
/// <param name="Engine">Who renders them.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Html">The HTML.</param>
/// <param name="Text">The plain text; null when it is made from the HTML.</param>
internal sealed record ParsedSources(ITemplateEngine Engine, IParsedTemplate Subject, IParsedTemplate Html, IParsedTemplate? Text)
{
    /// <summary>What the variables must be; null for none.</summary>
    public JsonSchema? Schema { get; init; }

    /// <summary>The variables of all parts.</summary>
    public IReadOnlyList<string> Paths => [.. Subject.Paths.Concat(Html.Paths).Concat(Text?.Paths ?? []).Distinct()];
}
