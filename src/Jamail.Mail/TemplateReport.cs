using System.Text.Json;

namespace Jamail.Mail;

/// <summary>What was found in a template.</summary>
/// <param name="IsValid">Whether it can be published: there is no error.</param>
/// <param name="Findings">Errors and warnings.</param>
/// <param name="Variables">The variables it uses, as in <c>order.items[].price</c>.</param>
public sealed record TemplateReport(bool IsValid, IReadOnlyList<TemplateFinding> Findings, IReadOnlyList<string> Variables)
{
    /// <summary>
    /// A JSON Schema that says what the template needs, to begin one's own with: objects, lists, and what is required. <see langword="null"/> when
    /// the template cannot be read.
    /// </summary>
    public JsonElement? InferredSchema { get; init; }
}
