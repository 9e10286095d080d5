using System.Text;
using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>Finds what its author may not mean.</summary>
internal static partial class TemplateLint
{
    // Gmail shows no more of a mail.
    private const int ClippedAt = 102 * 1024;

    public static IEnumerable<TemplateFinding> Warnings(BuiltTemplate template)
    {
        foreach (var content in template.Contents)
        {
            var field = content.Locale == template.DefaultLocale ? "" : $"{content.Locale}.";
            if (content.Source.Text is null)
            {
                yield return new TemplateFinding(false, $"{field}text", "There is none; it is made from the HTML. Write one where that reads badly.");
            }

            foreach (var finding in OfHtml(content.HtmlReady, $"{field}html"))
            {
                yield return finding;
            }

            if (Variable().IsMatch(content.HtmlReady))
            {
                yield return new TemplateFinding(
                    false, $"{field}html", "An address is a variable as a whole (href=\"{{…}}\"): whoever gives it may lead readers anywhere. Write the host into the template.");
            }

            if (Raw().IsMatch(content.HtmlReady))
            {
                yield return new TemplateFinding(false, $"{field}html", "A variable is written without escaping. Make sure that it never holds what strangers wrote.");
            }
        }
    }

    /// <summary>What holds for a source and for what is made of it.</summary>
    public static IEnumerable<TemplateFinding> OfHtml(string html, string field)
    {
        if (Encoding.UTF8.GetByteCount(html) is var bytes && bytes > ClippedAt)
        {
            yield return new TemplateFinding(false, field, $"It has {bytes} bytes with its styles; Gmail cuts mails after {ClippedAt} (102 KB). Shorten it.");
        }

        foreach (Match link in Insecure().Matches(html))
        {
            yield return new TemplateFinding(false, field, $"The link '{MailInput.Shown(link.Groups["url"].Value)}' is not https. Use https.");
        }
    }

    [GeneratedRegex("""(?:href|src)\s*=\s*["'](?<url>http://[^"']*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Insecure();

    [GeneratedRegex("""href\s*=\s*["']\s*\{\{""", RegexOptions.IgnoreCase)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{\{|\|\s*raw\b")]
    private static partial Regex Raw();
}
