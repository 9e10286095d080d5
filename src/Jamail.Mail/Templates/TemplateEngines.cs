using System.Collections.Concurrent;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Reads the sources of templates, each version once.</summary>
internal sealed class TemplateEngines(IEnumerable<ITemplateEngine> engines)
{
    public const string DefaultEngine = "handlebars";
    private const int MaxCached = 500;

    private readonly Dictionary<string, ITemplateEngine> _engines = ByName(engines);
    private readonly ConcurrentDictionary<string, ParsedSources> _parsed = new(StringComparer.Ordinal);

    /// <summary>The sources of a stored version, which were accepted when it was published.</summary>
    public ParsedSources Get(TemplateRow row)
    {
        var id = $"{row.VersionId}/{row.Locale}";
        if (_parsed.TryGetValue(id, out var parsed))
        {
            return parsed;
        }

        var problems = new List<InputProblem>();
        parsed = Parse(row.Engine, row.Subject, row.HtmlReady ?? row.Html, row.Text, problems) ?? throw new InvalidInputException(problems);
        if (_parsed.Count >= MaxCached)
        {
            _parsed.Clear();
        }

        return _parsed.GetOrAdd(id, parsed with { Schema = row.Schema is null ? null : JsonSchema.Parse(row.Schema, "schema", problems) });
    }

    /// <summary>Reads sources.</summary>
    /// <returns>Null when there are problems; they are added to <paramref name="problems"/>, all of them.</returns>
    public ParsedSources? Parse(
        string engineName, string subject, string html, string? text, List<InputProblem> problems, string prefix = "")
    {
        if (!_engines.TryGetValue(engineName, out var engine))
        {
            problems.Add(new InputProblem(
                "engine", $"'{engineName}' is not known here.", $"Use one of: {string.Join(", ", _engines.Keys.Order(StringComparer.Ordinal))}."));
            return null;
        }

        var subjectSource = Parse(engine, $"{prefix}subject", subject, TemplateKind.Text, problems);
        var htmlSource = Parse(engine, $"{prefix}html", html, TemplateKind.Html, problems);
        var textSource = text is null ? null : Parse(engine, $"{prefix}text", text, TemplateKind.Text, problems);
        return subjectSource is not null && htmlSource is not null && (text is null || textSource is not null)
            ? new ParsedSources(engine, subjectSource, htmlSource, textSource)
            : null;
    }

    /// <summary>Whether a source of text can be read; what is wrong with it is added to <paramref name="problems"/>.</summary>
    public bool CanRead(string engineName, string field, string source, List<InputProblem> problems) =>
        !_engines.TryGetValue(engineName, out var engine) || Parse(engine, field, source, TemplateKind.Text, problems) is not null;

    private static IParsedTemplate? Parse(
        ITemplateEngine engine, string field, string source, TemplateKind kind, List<InputProblem> problems)
    {
        var parse = engine.Parse(source, kind);
        foreach (var problem in parse.Problems)
        {
            problems.Add(new InputProblem(
                field, $"Line {problem.Line}, column {problem.Column}: {problem.Message}", "Correct the template's source there.")
            {
                Line = problem.Line,
                Column = problem.Column,
            });
        }

        return parse.Problems.Count == 0 ? parse.Template : null;
    }

    // A later registration wins, so that a host can replace an engine of ours.
    private static Dictionary<string, ITemplateEngine> ByName(IEnumerable<ITemplateEngine> engines)
    {
        var byName = new Dictionary<string, ITemplateEngine>(StringComparer.Ordinal);
        foreach (var engine in engines)
        {
            byName[engine.Name] = engine;
        }

        return byName;
    }
}
