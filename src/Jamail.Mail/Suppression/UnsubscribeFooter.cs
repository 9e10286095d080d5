using System.Net;

namespace Jamail.Mail;

/// <summary>
/// The link for unsubscribing where readers see it: where the author has put <c>jamail:unsubscribe</c> as an address, else, where the host wants
/// it, at the end.
/// </summary>
internal static class UnsubscribeFooter
{
    public const string Marker = "jamail:unsubscribe";

    /// <param name="html">The rendered HTML.</param>
    /// <param name="link">Where it leads.</param>
    /// <param name="words">What the link says at the end; null for none there.</param>
    public static string InHtml(string html, string link, string? words)
    {
        var address = WebUtility.HtmlEncode(link);
        var placed = html.Replace($"\"{Marker}\"", $"\"{address}\"", StringComparison.OrdinalIgnoreCase)
            .Replace($"'{Marker}'", $"'{address}'", StringComparison.OrdinalIgnoreCase);
        return words is null || placed != html
            ? placed
            : html.Insert(HtmlPlaces.BodyEnd(html), $"<p><a href=\"{address}\">{WebUtility.HtmlEncode(words)}</a></p>");
    }

    /// <summary>The same in the text part.</summary>
    public static string InText(string text, string link, string? words) =>
        text.Contains(Marker, StringComparison.OrdinalIgnoreCase) ? text.Replace(Marker, link, StringComparison.OrdinalIgnoreCase)
        : words is null ? text
        : $"{text.TrimEnd('\r', '\n')}\n\n{words}: {link}";
}
