using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>The rules of paged lists.</summary>
internal static class Paging
{
    private const int MaxSize = 500;

    /// <exception cref="InvalidInputException">The cursor is none of ours, or the size is out of range.</exception>
    public static PageCursor Begin(string? cursor, int pageSize)
    {
        var problems = new List<InputProblem>();
        if (pageSize is < 1 or > MaxSize)
        {
            problems.Add(new InputProblem("pageSize", $"{pageSize} is not from 1 to {MaxSize}.", "Ask for smaller or larger pages."));
        }

        if (!PageCursor.TryDecode(cursor, out var start))
        {
            problems.Add(new InputProblem(
                "cursor", "It was not given out by this list.", "Give the 'next' of the page before, or none for the first page."));
        }

        return problems.Count == 0 ? start! : throw new InvalidInputException(problems);
    }

    /// <summary>Makes a page of one row more than its size.</summary>
    public static Page<T> End<TRow, T>(
        IReadOnlyList<TRow> rows, int pageSize, Func<TRow, T> item, Func<TRow, PageCursor> cursor) =>
        new([.. rows.Take(pageSize).Select(item)], rows.Count > pageSize ? cursor(rows[pageSize - 1]).Encode() : null);
}
