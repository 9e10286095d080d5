namespace Jamail.Mail;

/// <summary>Compares texts line by line: the longest common sequence stays, the rest goes or comes.</summary>
internal static class LineDiff
{
    private const int MaxLines = 2_000;

    public static IReadOnlyList<TemplateDifference> Of(
        IReadOnlyDictionary<string, EmailTemplateContent> a, IReadOnlyDictionary<string, EmailTemplateContent> b) =>
        [.. a.Keys.Union(b.Keys).Order(StringComparer.Ordinal).SelectMany(locale => Parts(a.GetValueOrDefault(locale), b.GetValueOrDefault(locale))
            .Where(part => part.A != part.B)
            .Select(part => new TemplateDifference(locale, part.Name, Lines(part.A, part.B))))];

    private static (string Name, string A, string B)[] Parts(EmailTemplateContent? a, EmailTemplateContent? b) =>
    [
        ("subject", a?.Subject ?? "", b?.Subject ?? ""), ("preheader", a?.Preheader ?? "", b?.Preheader ?? ""), ("html", a?.Html ?? "", b?.Html ?? ""), ("text", a?.Text ?? "", b?.Text ?? ""),
    ];

    private static List<string> Lines(string first, string second)
    {
        var (a, b) = (Split(first), Split(second));
        if (a.Length > MaxLines || b.Length > MaxLines)
        {
            return [.. a.Select(line => "-" + line), .. b.Select(line => "+" + line)];
        }

        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<string>();
        for (var (i, j) = (0, 0); i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add(" " + a[i++]);
                j++;
            }
            else if (j >= b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("-" + a[i++]);
            }
            else
            {
                lines.Add("+" + b[j++]);
            }
        }

        return lines;
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
}
