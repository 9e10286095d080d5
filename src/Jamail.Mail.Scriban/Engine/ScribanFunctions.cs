using System.Collections.Frozen;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;

namespace Jamail.Mail.Scriban;

/// <summary>The functions that templates may use: those whose result is no larger than what they were given, give or take a little.</summary>
internal static class ScribanFunctions
{
    private static readonly FrozenDictionary<string, string[]> Namespaces = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["string"] =
        [
            "append", "capitalize", "capitalizewords", "contains", "downcase", "empty", "ends_with", "handleize", "lstrip", "prepend", "rstrip",
            "size", "slice", "starts_with", "strip", "truncate", "truncatewords", "upcase", "whitespace",
        ],
        ["array"] = ["compact", "first", "join", "last", "limit", "map", "offset", "reverse", "size", "sort", "uniq", "contains"],
        ["math"] = ["abs", "ceil", "divided_by", "floor", "format", "is_number", "minus", "modulo", "plus", "round", "times"],
        ["date"] = ["add_days", "add_hours", "add_minutes", "add_months", "add_years", "parse", "to_string"],
        ["html"] = ["escape", "strip", "url_encode", "url_escape"],
        ["object"] = ["default", "keys", "size", "values"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Own = ["raw", "url_query"];

    public static string All => string.Join(", ", Namespaces.SelectMany(space => space.Value.Select(name => $"{space.Key}.{name}")).Concat(Own));

    public static bool IsNamespace(string name) => Namespaces.ContainsKey(name);

    public static bool IsFunction(string path) =>
        Own.Contains(path) || (path.Split('.') is [var space, var name] && Namespaces.TryGetValue(space, out var names) && names.Contains(name));

    public static ScriptObject Create()
    {
        var all = new BuiltinFunctions();
        var chosen = new ScriptObject();
        foreach (var (space, names) in Namespaces)
        {
            if (all[space] is not ScriptObject source)
            {
                continue;
            }

            var functions = new ScriptObject();
            foreach (var name in names)
            {
                if (source.ContainsKey(name))
                {
                    functions.SetValue(name, source[name], readOnly: true);
                }
            }

            // Dates need their settings beside their functions.
            chosen.SetValue(space, space == "date" ? source : functions, readOnly: true);
        }

        chosen.Import("raw", new Func<TemplateContext, object?, RawHtml>((context, value) => new RawHtml(context.ObjectToString(value) ?? "")));
        chosen.Import("url_query", new Func<TemplateContext, object?, string>(
            (context, value) => Uri.EscapeDataString(context.ObjectToString(value) ?? "")));
        return chosen;
    }
}
