using System.Globalization;

namespace Jamail.Queueing;

/// <summary>One field of a cron pattern: its name, its range and the names that stand for its numbers.</summary>
/// <param name="Name">As it is called in refusals.</param>
/// <param name="Least">The smallest number.</param>
/// <param name="Most">The largest number; for days of the week 7, which is Sunday as 0 is.</param>
/// <param name="Names">Three letters each, the first for <paramref name="FirstNamed"/>; empty where there are none.</param>
/// <param name="FirstNamed">The number of the first name.</param>
internal sealed record CronField(string Name, int Least, int Most, string[] Names, int FirstNamed = 0)
{
    public static CronField Seconds { get; } = new("second", 0, 59, []);

    public static CronField Minutes { get; } = new("minute", 0, 59, []);

    public static CronField Hours { get; } = new("hour", 0, 23, []);

    public static CronField DaysOfMonth { get; } = new("day of the month", 1, 31, []);

    public static CronField Months { get; } = new(
        "month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], FirstNamed: 1);

    public static CronField DaysOfWeek { get; } = new("day of the week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);

    /// <summary>The set of numbers that a field without special characters stands for, as bits.</summary>
    /// <param name="text">The field.</param>
    /// <param name="relevant">The numbers that count, as bits: others may be named twice.</param>
    /// <exception cref="FormatException">The text breaks a rule; the message says which.</exception>
    public ulong Parse(string text, ulong relevant = ulong.MaxValue)
    {
        ulong set = 0;
        foreach (var item in text.Split(','))
        {
            var part = ParseItem(item);
            if ((set & part & relevant) != 0)
            {
                throw Refusal(text, "names a value twice", "name each once");
            }

            set |= part;
        }

        return set;
    }

    /// <summary>A number of this field, or a name for one.</summary>
    /// <exception cref="FormatException">The text is neither, or out of range.</exception>
    public int ParseNumber(string text)
    {
        var named = Array.FindIndex(Names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
        {
            return named + FirstNamed;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw Refusal(text, "is no number" + (Names.Length > 0 ? " or name" : ""), "give " + Range());
        }

        return number >= Least && number <= Most ? number : throw Refusal(text, "is out of range", "give " + Range());
    }

    public FormatException Refusal(string text, string rule, string fix) =>
        new($"the {Name} '{text}' {rule}; {fix}");

    private static bool IsAny(string text) => text is "*" or "?";

    private ulong ParseItem(string item)
    {
        var parts = item.Split('/');
        if (item.Length == 0 || parts.Length > 2)
        {
            throw Refusal(item, "is no value, range or step", "write 5, 1-5, */5, 1-30/5 or a list of these with commas");
        }

        var step = parts.Length == 2 ? ParseStep(parts[1]) : 1;
        var ends = parts[0].Split('-');
        if (ends.Length > 2)
        {
            throw Refusal(item, "has more than two ends", "write a range as 1-5");
        }

        int first, last;
        if (IsAny(parts[0]))
        {
            (first, last) = (Least, Most);
        }
        else
        {
            first = ParseNumber(ends[0]);
            last = ends.Length == 2 ? ParseNumber(ends[1]) : parts.Length == 2 ? Most : first;
            if (first > last)
            {
                throw Refusal(item, "is a range from a larger to a smaller value", "write two ranges, as in 22-23,0-5");
            }
        }

        ulong set = 0;
        for (var value = first; value <= last; value += step)
        {
            set |= 1UL << (ReferenceEquals(this, DaysOfWeek) ? value % 7 : value);
        }

        return set;
    }

    private int ParseStep(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step is > 0 and < 1_000_000
            ? step
            : throw Refusal(text, "is no step", "write a whole number of 1 or more after '/'");

    private string Range() => Names.Length > 0 ? $"{Least} to {Most}, or {Names[0]} to {Names[^1]}" : $"{Least} to {Most}";
}
