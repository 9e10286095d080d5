using System.Text.RegularExpressions;

namespace Jamail.Mail.Scriban;

/// <summary>Counts blocks before the parser does, which would follow them as deep as they go.</summary>
internal static partial class ScribanNesting
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FindProblem(string source)
    {
        var depth = 0;
        foreach (Match match in Word().Matches(source))
        {
            depth = match.Value == "end" ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > TemplateLimits.Nesting)
            {
                return $"Blocks are nested more than {TemplateLimits.Nesting} deep; flatten the template.";
            }
        }

        return null;
    }

    // Text may hold these words too; it seldom holds a hundred of them without an end.
    [GeneratedRegex(@"(?<=\{\{[^{}]*)\b(if|for|case|while|func|capture|with|wrap|tablerow|end)\b", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
