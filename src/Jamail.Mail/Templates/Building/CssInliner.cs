using AngleSharp.Css;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// Writes the rules of style sheets into the elements they are for, since many mail programs know no style sheets. The source is
/// changed only there: no parser ever writes it anew, so template tags stay where they are.
/// </summary>
internal static class CssInliner
{
    private static readonly CssSelectorParser Selectors = new();

    /// <returns>The source with styles; null when there are problems.</returns>
    public static string? Inline(string html, string field, List<InputProblem> problems)
    {
        if (!html.Contains("<style", StringComparison.OrdinalIgnoreCase))
        {
            return html;
        }

        if (MarkedHtml.Read(html, field, problems) is not { } marked)
        {
            return null;
        }

        using var document = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(marked.Text);
        var styles = new Dictionary<IElement, List<Applied>>();
        var edits = new List<StartTagEdit>();
        var order = 0;
        foreach (var sheet in document.QuerySelectorAll("style").OfType<IHtmlStyleElement>().Where(sheet => !sheet.TextContent.Contains("{{", StringComparison.Ordinal)))
        {
            var kept = new List<string>();
            foreach (var (selector, body, whole) in CssRules.Read(sheet.TextContent))
            {
                // Of "a, a:hover" the second part stays in the sheet, and the first does no harm there.
                if (!selector.Split(',').Select(one => Apply(document, one.Trim(), body, order++, styles)).ToList().TrueForAll(done => done))
                {
                    kept.Add(whole);
                }
            }

            edits.Add(StartTagEdit.Content(html, Start(marked, sheet), string.Join('\n', kept)));
        }

        edits.AddRange(styles.Select(style => StartTagEdit.Style(html, Start(marked, style.Key), Text(style.Value))));
        return StartTagEdit.Apply(html, edits);
    }

    /// <returns>False for a rule that cannot stand in an element, such as a media query or one for :hover.</returns>
    private static bool Apply(IDocument document, string selector, string body, int order, Dictionary<IElement, List<Applied>> styles)
    {
        if (selector.StartsWith('@') || selector.Contains(':', StringComparison.Ordinal) || Selectors.ParseSelector(selector) is not { } parsed)
        {
            return false;
        }

        foreach (var element in document.All.Where(element => element.SourceReference is not null && parsed.Match(element, null)))
        {
            if (!styles.TryGetValue(element, out var applied))
            {
                styles[element] = applied = [];
            }

            applied.AddRange(CssRules.Declarations(body).Select(declaration => new Applied(
                declaration.Name, declaration.Value, declaration.IsImportant, parsed.Specificity, order)));
        }

        return true;
    }

    private static string Text(List<Applied> applied) => string.Join("; ", applied
        .OrderBy(one => one.IsImportant).ThenBy(one => one.Specificity).ThenBy(one => one.Order)
        .GroupBy(one => one.Name, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {group.Last().Value}"));

    // The parser tells the place in the tag, not surely that of its bracket.
    private static int Start(MarkedHtml marked, IElement element)
    {
        var at = marked.ToSource(element.SourceReference!.Position.Index); // Only elements that have one are asked.
        return marked.Source.LastIndexOf('<', Math.Min(at, marked.Source.Length - 1));
    }

    private sealed record Applied(string Name, string Value, bool IsImportant, Priority Specificity, int Order);
}
