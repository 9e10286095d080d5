using Scriban;

namespace Jamail.Mail.Scriban;

/// <param name="kind">What it makes.</param>
/// <param name="template">The template.</param>
/// <param name="paths">The variables it uses.</param>
/// <param name="asked">Where it only asks whether something is there.</param>
internal sealed class ScribanParsed(
    TemplateKind kind, Template template, IReadOnlyList<string> paths, IReadOnlyList<(int Start, int End)> asked) : IParsedTemplate
{
    public TemplateKind Kind => kind;

    public IReadOnlyList<string> Paths => paths;

    public Template Template => template;

    public IReadOnlyList<(int Start, int End)> Asked => asked;
}
