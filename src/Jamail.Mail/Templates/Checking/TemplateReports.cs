using System.Text;
using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Looks a template or a rendered mail over for its author.</summary>
internal sealed class TemplateReports(TemplateBuilder builder, TemplateEngines engines)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    public async Task<TemplateReport> OfAsync(EmailTemplateDraft draft, string tenant, CancellationToken cancellationToken)
    {
        var (built, problems) = await builder.TryBuildAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
        if (built is null)
        {
            return new TemplateReport(false, [.. problems.Select(problem => new TemplateFinding(true, problem.Field, $"{problem.Rule} {problem.Fix}"))], []);
        }

        var parsed = built.Contents.Select(content => (content.Locale, Sources: Parse(built, content))).ToList();
        var paths = parsed.SelectMany(content => content.Sources.Paths).Distinct().ToList();
        IEnumerable<TemplateFinding> findings =
        [
            .. TemplateLint.Warnings(built),
            .. built.Schema is null ? [] : SchemaPaths.Unknown(built.Schema, paths),
            .. MissingInLocales(built.DefaultLocale, parsed),
        ];
        var needed = parsed.SelectMany(content => Needed(content.Sources, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return new TemplateReport(true, [.. findings], paths) { InferredSchema = InferredSchema.Of(paths, needed) };
    }

    /// <summary>A preview with its size and what its readers may not see.</summary>
    public static RenderedEmail Describe(RenderedEmail email) => email with
    {
        Size = Encoding.UTF8.GetByteCount(email.Subject) + Encoding.UTF8.GetByteCount(email.Html) + Encoding.UTF8.GetByteCount(email.Text),
        Warnings = [.. TemplateLint.OfHtml(email.Html, "html").Select(finding => finding.Message)],
    };

    private ParsedSources Parse(BuiltTemplate built, BuiltContent content)
    {
        var problems = new List<InputProblem>();
        return engines.Parse(built.Engine, content.Source.Subject, content.HtmlReady, content.Source.Text, problems)
            ?? throw new InvalidInputException(problems); // It was just built of them.
    }

    private static IEnumerable<string> Needed(ParsedSources sources, CancellationToken cancellationToken) =>
        new[] { sources.Subject, sources.Html, sources.Text }.OfType<IParsedTemplate>()
            .SelectMany(part => sources.Engine.Render(part, Nothing, cancellationToken).UnknownPaths);

    private static IEnumerable<TemplateFinding> MissingInLocales(string standard, IReadOnlyList<(string Locale, ParsedSources Sources)> contents)
    {
        var all = contents.First(content => content.Locale == standard).Sources.Paths;
        return contents.SelectMany(content => all.Except(content.Sources.Paths).Select(path => new TemplateFinding(
            false, $"locales.{content.Locale}", $"It does not use '{path}', which '{standard}' does. Add it, unless it is left out on purpose.")));
    }
}
