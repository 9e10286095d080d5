namespace Jamail.Mail;

/// <summary>Which tags may be used, and what to write instead of the others.</summary>
internal static class TemplateSyntax
{
    /// <summary>The one helper: <c>{{url_query name}}</c> writes a value as part of an address.</summary>
    public const string UrlQuery = "url_query";

    private static readonly string[] Blocks = ["if", "unless", "each", "with"];
    private static readonly string[] Reserved = ["if", "unless", "each", "with", "lookup", "log", "else", UrlQuery];
    private static readonly string[] Literals = ["true", "false", "null", "undefined"];

    public static string? FindUnsupported(TemplateTag tag)
    {
        var words = tag.Body.TrimStart('#', '/').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return "The tag has no name.";
        }

        return tag.Body switch
        {
            ['>', ..] or ['#', '>', ..] or ['#', '*', ..] or ['*', ..] => "Partials and decorators are not available; put the text into the template itself.",
            ['&', ..] => "Write {{{name}}} for output as it is.",
            ['^', ..] => "Write {{else}} or {{#unless name}} instead of '^'.",
            ['=', ..] => "The delimiters cannot be changed.",
            ['#' or '/', ..] when tag.Braces == 3 => "A block has two braces.",
            ['#', ..] when Array.IndexOf(Blocks, words[0]) < 0 =>
                $"'{words[0]}' is no block; known are {string.Join(", ", Blocks)}. For a list write {{{{#each {words[0]}}}}}.",
            ['#' or '/', ..] => null,
            _ when tag.Body.AsSpan().IndexOfAny('(', '"', '\'') >= 0 => "Helpers, sub-expressions and literals are not available; give the finished value as a variable.",
            _ when words[0] == UrlQuery && tag.Braces == 3 => "url_query has two braces.",
            _ when words[0] == UrlQuery && words.Length != 2 => "url_query takes exactly one variable, as in {{url_query name}}.",
            _ when words.Length > 1 && words[0] is not ("else" or UrlQuery) =>
                $"'{words[0]}' is no helper; a tag holds one variable, whose name has no spaces. Known is url_query.",
            _ => null,
        };
    }

    public static string? FindPathProblem(string text) =>
        Array.IndexOf(Reserved, text) >= 0 || Array.IndexOf(Literals, text) >= 0 || char.IsAsciiDigit(text[0])
            ? $"'{text}' has a meaning of its own; write this.[{text}] for a variable of that name."
        : TemplatePath.TryParse(text, out _) ? null
        : $"'{text}' is no variable; write names joined by '.', such as order.total, and odd names [in brackets].";

    /// <summary>Takes <c>as |item index|</c> off the end.</summary>
    public static IReadOnlyList<string> CutNames(ref string[] words, out string? problem)
    {
        problem = null;
        var at = Array.IndexOf(words, "as");
        if (at < 2 || at == words.Length - 1 || !words[at + 1].StartsWith('|'))
        {
            return [];
        }

        var text = string.Join(' ', words[(at + 1)..]);
        var names = text.Trim('|', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!text.EndsWith('|') || text.Length < 3 || names.Length is 0 or > 2 || words[0] is not ("each" or "with") ||
            names.Any(name => Array.IndexOf(Reserved, name) >= 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
        {
            problem = "Block parameters are written as |item| or as |item index|, in {{#each}} and {{#with}}.";
        }

        words = words[..at];
        return names;
    }
}
