using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Jamail.AspNetCore;

/// <summary>Which page of a list.</summary>
internal sealed record PageQuery
{
    private const int Largest = 200;
    private const int Usual = 50;

    [FromQuery(Name = "cursor")]
    [Description("'next' of the page before. Left out: the first page.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    [Description("How many items at most: 1 to 200. Default: 50.")]
    public string? Limit { get; init; }

    public string? Position => string.IsNullOrEmpty(Cursor) ? null : Cursor;

    public int Size => string.IsNullOrEmpty(Limit)
        ? Usual
        : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= Largest
            ? size
            : throw ProblemException.Invalid("limit", $"It is '{Limit}' and must be a whole number from 1 to {Largest}.", $"Leave it out for {Usual}.");
}
