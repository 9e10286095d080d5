using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Fills all parts of a template in, and reports everything that stands in the way at once.</summary>
internal sealed class TemplateRenderer(TemplateEngines engines)
{
    private static readonly JsonElement NoVariables = JsonDocument.Parse("{}").RootElement.Clone();

    /// <exception cref="InvalidInputException">Variables are missing, a limit was reached, or the result cannot be sent.</exception>
    public RenderedEmail Render(TemplateRow template, JsonElement? variables, CancellationToken cancellationToken)
    {
        var data = variables is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given ? given : NoVariables;
        if (data.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException("variables", "They are no JSON object.", "Give an object such as {\"name\": \"Anna\"}.");
        }

        var sources = engines.Get(template);
        var problems = new List<InputProblem>();
        foreach (var violation in sources.Schema?.Validate(data) ?? [])
        {
            problems.Add(new InputProblem(
                $"variables{violation.Path.Replace('/', '.')}", violation.Rule, $"Give what the schema of template '{template.Key}' asks for."));
        }

        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var subject = Part(sources, sources.Subject, "subject", data, problems, unknown, cancellationToken);
        var html = Part(sources, sources.Html, "html", data, problems, unknown, cancellationToken);
        var text = sources.Text is null ? null : Part(sources, sources.Text, "text", data, problems, unknown, cancellationToken);
        foreach (var path in unknown)
        {
            problems.Add(new InputProblem(
                $"variables.{path}", $"The template '{template.Key}' needs '{path}', which is not there.", "Give it a value."));
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        subject = SubjectLine.Clean(subject!, out var refused); // Without problems every part was rendered.
        if (refused is not null)
        {
            throw new InvalidInputException("subject", refused, "Change the template's subject, or the variables in it.");
        }

        return new RenderedEmail(subject, html!, text is null ? HtmlText.Of(html!) : FlowedText.Fixed(text));
    }

    private static string? Part(
        ParsedSources sources,
        IParsedTemplate part,
        string field,
        JsonElement data,
        List<InputProblem> problems,
        HashSet<string> unknown,
        CancellationToken cancellationToken)
    {
        var rendering = sources.Engine.Render(part, data, cancellationToken);
        unknown.UnionWith(rendering.UnknownPaths);
        if (rendering.Failure is not null)
        {
            problems.Add(new InputProblem(field, rendering.Failure, "Simplify the template, or give it less data."));
        }

        return rendering.Text;
    }
}
