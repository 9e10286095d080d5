using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Rules that what callers give must keep.</summary>
internal static class MailInput
{
    public const int MaxBodyBytes = 256 * 1024;

    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    public static PageCursor Cursor(string? cursor, int pageSize, int maxPageSize)
    {
        if (pageSize < 1 || pageSize > maxPageSize)
        {
            throw new InvalidInputException("pageSize", $"It is {pageSize} but must be 1 to {maxPageSize}.", "Give a number in that range.");
        }

        return PageCursor.TryDecode(cursor, out var decoded)
            ? decoded
            : throw new InvalidInputException("cursor", "It is no cursor of this list.", "Give 'next' of the page before, or nothing.");
    }

    /// <summary>What is wrong with a text that is to be stored and sent; null when nothing is.</summary>
    public static InputProblem? Body(string field, string text) =>
        Encoding.UTF8.GetByteCount(text) is var bytes && bytes > MaxBodyBytes
            ? new InputProblem(
                field, $"It has {bytes} bytes; at most {MaxBodyBytes} (256 KiB) are allowed.", "Shorten it, or link to what is large.")
            : Characters(field, text);

    /// <summary>Characters that no store and no mail can carry.</summary>
    public static InputProblem? Characters(string field, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                return new InputProblem(field, $"It holds a NUL at position {i}.", "Remove it.");
            }

            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return new InputProblem(field, $"It holds half of a surrogate pair at position {i}.", "Send whole characters.");
            }
        }

        return null;
    }

    /// <summary>A short name, such as a category.</summary>
    public static InputProblem? Name(string field, string text, int maxLength) =>
        text.Length is > 0 && text.Length <= maxLength && !text.Any(char.IsControl)
            ? Characters(field, text)
            : new InputProblem(
                field,
                text.Length == 0 ? "It is empty." : $"It has {text.Length} characters or holds a control character.",
                $"Give 1 to {maxLength} characters on one line.");

    /// <summary>The name of a member whose name may hold anything, as in <c>headers["X-A"]</c>; of one that is too long only the beginning.</summary>
    public static string Member(string field, string name) =>
        $"{field}[\"{Shown(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    /// <summary>What a caller gave, as it may stand in a message: not too long, and on one line.</summary>
    public static string Shown(string text)
    {
        var cut = text.Length > 100 ? text[..100] + "…" : text;
        return string.Concat(cut.Select(character => char.IsControl(character) ? '\ufffd' : character));
    }
}
