using System.Globalization;
using System.Numerics;

namespace Jamail.Queueing;

/// <summary>
/// A cron pattern of five fields, or six with seconds in front, read as the cron-parser of BullMQ 6 reads it: names, lists,
/// ranges, steps, <c>?</c> for any, <c>L</c> for the last day of the month, <c>5L</c> for its last Friday, <c>1#2</c> for its
/// second Monday. A day that both day fields restrict matches when one of them does.
/// </summary>
internal sealed class CronPattern
{
    private const uint AllHours = (1u << 24) - 1;

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 0 1 1 *",
        ["@annually"] = "0 0 0 1 1 *",
        ["@monthly"] = "0 0 0 1 * *",
        ["@weekly"] = "0 0 0 * * 0",
        ["@daily"] = "0 0 0 * * *",
        ["@hourly"] = "0 0 * * * *",
        ["@minutely"] = "0 * * * * *",
        ["@secondly"] = "* * * * * *",
        ["@weekdays"] = "0 0 0 * * 1-5",
        ["@weekends"] = "0 0 0 * * 0,6",
    };

    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _months;
    private readonly ulong _daysOfMonth;
    private readonly bool _onLastDay;
    private readonly bool _anyDay;
    private readonly bool _anyDayOfWeek;
    private readonly ulong _daysOfWeek;
    private readonly ulong _lastDaysOfWeek;
    private readonly int _occurrence;

    private CronPattern(string[] fields)
    {
        _seconds = CronField.Seconds.Parse(fields[0]);
        _minutes = CronField.Minutes.Parse(fields[1]);
        Hours = (uint)CronField.Hours.Parse(fields[2]);
        _months = CronField.Months.Parse(fields[4]);
        (_daysOfMonth, _onLastDay) = ParseDaysOfMonth(fields[3], _months);
        (_daysOfWeek, _lastDaysOfWeek, _occurrence) = ParseDaysOfWeek(fields[5]);
        _anyDay = fields[3] is "*" or "?";
        _anyDayOfWeek = fields[5] is "*" or "?";
    }

    /// <summary>The hours, as bits.</summary>
    public uint Hours { get; }

    public bool IsEveryHour => Hours == AllHours;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The pattern breaks a rule; the message names the part, the rule and the fix.</exception>
    public static CronPattern Parse(string text)
    {
        var expanded = Aliases.GetValueOrDefault(text.Trim(), text);
        var fields = expanded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is < 5 or > 6)
        {
            throw new FormatException(
                $"it has {fields.Length} fields; give five (minute, hour, day of the month, month, day of the week), " +
                "or six with seconds in front");
        }

        var pattern = new CronPattern(fields.Length == 5 ? ["0", .. fields] : fields);
        return pattern.MatchesSomeDay
            ? pattern
            : throw new FormatException($"none of its months has the day of the month '{fields[^3]}'; give a day that exists");
    }

    public bool HasSecond(int second) => Has(_seconds, second);

    public bool HasSecondAfter(int second) => HasAfter(_seconds, second);

    public bool HasMinute(int minute) => Has(_minutes, minute);

    public bool HasMinuteAfter(int minute) => HasAfter(_minutes, minute);

    public bool HasHourAfter(int hour) => HasAfter(Hours, hour);

    public bool HasMonth(int month) => Has(_months, month);

    public bool HasDay(DateTime day)
    {
        if (_anyDay && _anyDayOfWeek)
        {
            return true;
        }

        return (!_anyDay && HasDayOfMonth(day)) || (!_anyDayOfWeek && HasDayOfWeek(day));
    }

    private bool MatchesSomeDay =>
        !_anyDayOfWeek || _onLastDay
        || Enumerable.Range(1, 12).Any(month =>
            Has(_months, month) && (_daysOfMonth & DaysOf(month)) != 0);

    // As bits, in a leap year.
    private static ulong DaysOf(int month) => (2UL << DateTime.DaysInMonth(2024, month)) - 1;

    // Days that the only month does not have are left out before it matters whether one is named twice, as in cron-parser.
    private static (ulong Days, bool OnLastDay) ParseDaysOfMonth(string text, ulong months)
    {
        var existing = BitOperations.IsPow2(months) ? DaysOf(BitOperations.Log2(months)) : ulong.MaxValue;
        var items = text.Split(',');
        var numbers = items.Where(item => item != "L").ToArray();
        if (items.Length - numbers.Length > 1)
        {
            throw CronField.DaysOfMonth.Refusal(text, "names L twice", "name it once");
        }

        return (numbers.Length == 0 ? 0 : CronField.DaysOfMonth.Parse(string.Join(',', numbers), existing), numbers.Length < items.Length);
    }

    private static (ulong Days, ulong LastDays, int Occurrence) ParseDaysOfWeek(string text)
    {
        var field = CronField.DaysOfWeek;
        var parts = text.Split('#');
        if (parts.Length == 2)
        {
            return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var occurrence) && occurrence is >= 1 and <= 5
                ? (1UL << (field.ParseNumber(parts[0]) % 7), 0UL, occurrence)
                : throw field.Refusal(text, "has no occurrence of 1 to 5 after '#'", "write 1#2 for the second Monday, and no list with it");
        }

        ulong lastDays = 0;
        var named = 0;
        var numbers = new List<string>();
        foreach (var item in text.Split(','))
        {
            if (item.Length < 2 || item[^1] != 'L')
            {
                numbers.Add(item);
                continue;
            }

            var day = field.ParseNumber(item[..^1]);
            named = (named & 1 << day) == 0 ? named | 1 << day : throw field.Refusal(text, "names a value twice", "name each once");
            lastDays |= 1UL << (day % 7);
        }

        return (numbers.Count == 0 ? 0 : field.Parse(string.Join(',', numbers)), lastDays, 0);
    }

    private bool HasDayOfMonth(DateTime day) =>
        Has(_daysOfMonth, day.Day) || (_onLastDay && day.Day == DateTime.DaysInMonth(day.Year, day.Month));

    private bool HasDayOfWeek(DateTime day)
    {
        var weekday = (int)day.DayOfWeek;
        if (_occurrence > 0)
        {
            return Has(_daysOfWeek, weekday) && ((day.Day - 1) / 7) + 1 == _occurrence;
        }

        return Has(_daysOfWeek, weekday)
            || (Has(_lastDaysOfWeek, weekday) && day.Day > DateTime.DaysInMonth(day.Year, day.Month) - 7);
    }

    private static bool Has(ulong set, int value) => (set >> value & 1) != 0;

    private static bool HasAfter(ulong set, int value) => set >> value >> 1 != 0;
}
