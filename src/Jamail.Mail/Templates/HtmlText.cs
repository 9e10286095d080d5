using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Jamail.Mail;

/// <summary>
/// The plain text of an HTML mail, for those who read mail as text: without what is hidden, such as a preheader, and wrapped by
/// <see cref="FlowedText"/>.
/// </summary>
internal static partial class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "P", "DIV", "TABLE", "TR", "UL", "OL", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE",
        "HEADER", "FOOTER", "HR", "BODY",
    };

    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "STYLE", "SCRIPT", "HEAD", "TITLE", "TEMPLATE", "NOSCRIPT",
    };

    public static string Of(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder(html.Length / 2);
        if (document.Body is not null)
        {
            Append(text, document.Body);
        }

        return FlowedText.Wrap(ManyLines().Replace(text.ToString(), "\n\n").Trim());
    }

    // Without recursion: a mail may nest as deep as it likes.
    private static void Append(StringBuilder text, INode root)
    {
        var open = new Stack<(INode Node, bool IsEnd)>();
        var numbers = new Dictionary<IElement, int>();
        open.Push((root, false));
        while (open.TryPop(out var step))
        {
            if (step.IsEnd)
            {
                End(text, (IElement)step.Node);
            }
            else if (step.Node is IText run)
            {
                AppendRun(text, run.Data);
            }
            else if (step.Node is IElement element && !IsHidden(element))
            {
                Start(text, element, numbers);
                open.Push((element, true));
                for (var child = element.LastChild; child is not null; child = child.PreviousSibling)
                {
                    open.Push((child, false));
                }
            }
        }
    }

    private static void Start(StringBuilder text, IElement element, Dictionary<IElement, int> numbers)
    {
        if (Blocks.Contains(element.TagName))
        {
            NewLine(text);
        }

        switch (element)
        {
            case IHtmlBreakRowElement:
                TrimEnd(text);
                text.Append('\n');
                break;
            case IHtmlListItemElement item:
                text.Append(item.ParentElement is { TagName: "OL" } list ? $"{NextNumber(list, numbers)}. " : "- ");
                break;
            case IHtmlImageElement { AlternativeText.Length: > 0 } image:
                AppendRun(text, image.AlternativeText!); // Its length was just read.
                break;
        }
    }

    private static void End(StringBuilder text, IElement element)
    {
        if (element is IHtmlAnchorElement && element.GetAttribute("href") is { Length: > 0 } link
            && !link.StartsWith('#') && !EndsWith(text, link))
        {
            text.Append(" (").Append(link).Append(')');
        }

        if (element.TagName is "TD" or "TH")
        {
            AppendRun(text, " ");
        }

        if (Blocks.Contains(element.TagName))
        {
            NewLine(text);
            if (element.TagName is not ("LI" or "TR" or "DIV"))
            {
                text.Append('\n');
            }
        }
    }

    private static bool IsHidden(IElement element) =>
        Hidden.Contains(element.TagName) || element.HasAttribute("hidden") || (element.GetAttribute("style") is { } style && HidingStyle().IsMatch(style));

    private static string NextNumber(IElement list, Dictionary<IElement, int> numbers)
    {
        var number = numbers.TryGetValue(list, out var last) ? last + 1
            : int.TryParse(list.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start) ? start
            : 1;
        numbers[list] = number;
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;

    private static void AppendRun(StringBuilder text, string run)
    {
        foreach (var character in run)
        {
            if (!char.IsWhiteSpace(character) || character == '\u00a0')
            {
                text.Append(character == '\u00a0' ? ' ' : character);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }

    // A space before a line's end would tell that the next line goes on with it.
    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
    }

    private static void NewLine(StringBuilder text)
    {
        TrimEnd(text);
        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    [GeneratedRegex(@"\bdisplay\s*:\s*none\b|\bvisibility\s*:\s*hidden\b|\bmso-hide\s*:\s*all\b", RegexOptions.IgnoreCase)]
    private static partial Regex HidingStyle();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex ManyLines();
}
