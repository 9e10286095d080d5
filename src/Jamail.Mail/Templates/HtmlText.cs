using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Jamail.Mail;

/// <summary>The plain text of an HTML mail, for those who read mail as text.</summary>
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

        return ManyLines().Replace(text.ToString(), "\n\n").Trim();
    }

    // Without recursion: a mail may nest as deep as it likes.
    private static void Append(StringBuilder text, INode root)
    {
        var open = new Stack<(INode Node, bool IsEnd)>();
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
            else if (step.Node is IElement element && !Hidden.Contains(element.TagName))
            {
                Start(text, element);
                open.Push((element, true));
                for (var child = element.LastChild; child is not null; child = child.PreviousSibling)
                {
                    open.Push((child, false));
                }
            }
        }
    }

    private static void Start(StringBuilder text, IElement element)
    {
        if (Blocks.Contains(element.TagName))
        {
            NewLine(text);
        }

        switch (element)
        {
            case IHtmlBreakRowElement:
                text.Append('\n');
                break;
            case IHtmlListItemElement:
                text.Append("- ");
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

    private static void NewLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex ManyLines();
}
