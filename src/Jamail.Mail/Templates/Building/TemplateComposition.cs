using System.Text.RegularExpressions;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Puts layout and partials around and into a source: <c>{{> key}}</c>, and in a layout <c>{{> content}}</c>.</summary>
internal static partial class TemplateComposition
{
    public const string ContentKey = "content";
    private const int Deepest = 10;

    /// <summary>The keys of the partials that a source names.</summary>
    public static IEnumerable<string> KeysIn(string source) =>
        Include().Matches(source).Select(match => match.Groups["key"].Value).Where(key => key != ContentKey).Distinct();

    /// <param name="html">The source.</param>
    /// <param name="layout">Stands around it; null for none.</param>
    /// <param name="partials">By key.</param>
    /// <param name="field">What problems are named after.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static string Compose(
        string html, string? layout, IReadOnlyDictionary<string, string> partials, string field, List<InputProblem> problems)
    {
        var body = Fill(html, partials, [], field, problems);
        if (layout is null)
        {
            return body;
        }

        var around = Fill(layout, partials, [], field, problems);
        if (!Include().Matches(around).Any(match => match.Groups["key"].Value == ContentKey))
        {
            problems.Add(new InputProblem("layout", "The layout has no {{> content}}.", "Put it where the content belongs."));
        }

        return Include().Replace(around, match => match.Groups["key"].Value == ContentKey ? body : match.Value);
    }

    private static string Fill(
        string source, IReadOnlyDictionary<string, string> partials, IReadOnlyList<string> within, string field, List<InputProblem> problems) =>
        Include().Replace(source, match =>
        {
            var key = match.Groups["key"].Value;
            if (key == ContentKey)
            {
                return match.Value;
            }

            if (!partials.TryGetValue(key, out var part))
            {
                problems.Add(new InputProblem(field, $"There is no partial '{key}'.", "PUT /partials/{key} makes one."));
                return "";
            }

            if (within.Contains(key) || within.Count >= Deepest)
            {
                problems.Add(new InputProblem(field, $"The partial '{key}' stands within itself, or deeper than {Deepest}.", "Flatten the partials."));
                return "";
            }

            return Fill(part, partials, [.. within, key], field, problems);
        });

    [GeneratedRegex(@"\{\{>\s*(?<key>[a-z0-9][a-z0-9._-]{0,99})\s*\}\}")]
    private static partial Regex Include();
}
