using System.Globalization;

namespace Jamail.Interop.Tests.Scheduling;

/// <summary>Random patterns, a few of them wrong, and moments near the changes of clocks.</summary>
internal sealed class CronPatterns(int seed)
{
    // Every kind of change: an hour at night, at midnight, half an hour, two hours, none. Only
    // rules of before 2022: Node brings time zones of its own, which are as old as it is, and .NET takes the machine's.
    private static readonly string[] Zones =
    [
        "UTC", "America/New_York", "Europe/Berlin", "Asia/Beirut", "America/Havana", "Australia/Sydney",
        "Antarctica/Troll", "Africa/Casablanca", "America/Santiago", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns",
        "Europe/Dublin", "Atlantic/Azores",
    ];

    private readonly Random _random = new(seed);

    public CronAsk Next()
    {
        var zone = Zones[_random.Next(Zones.Length)];
        return new CronAsk(Pattern(), zone, Moment(zone), 2);
    }

    private string Pattern()
    {
        if (_random.Next(40) == 0)
        {
            return Pick("@yearly", "@monthly", "@weekly", "@daily", "@hourly", "@minutely", "@secondly", "@weekdays", "@weekends");
        }

        string[] fields =
        [
            Field(0, 59), Field(0, 23), DayOfMonth(), _random.Next(3) > 0 ? "*" : Month(), DayOfWeek(),
        ];
        var pattern = string.Join(' ', fields);
        return _random.Next(3) == 0 ? $"{Field(0, 59)} {pattern}" : pattern;
    }

    private string Field(int least, int most) => _random.Next(8) switch
    {
        0 or 1 => "*",
        2 => "?",
        3 => $"*/{_random.Next(1, most + 3)}",
        4 => $"{Number(least, most)}/{_random.Next(1, 30)}",
        _ => List(() => _random.Next(3) == 0 ? Range(least, most) : Number(least, most)),
    };

    private string Range(int least, int most)
    {
        var first = _random.Next(least, most + 1);
        var last = _random.Next(20) == 0 ? _random.Next(least, most + 1) : _random.Next(first, most + 1);
        return Text(first) + "-" + Text(last) + (_random.Next(3) == 0 ? "/" + Text(_random.Next(1, 9)) : "");
    }

    private string DayOfMonth() => _random.Next(8) switch
    {
        0 or 1 or 2 => Pick("*", "?"),
        3 => "L",
        4 => List(() => Number(1, 31)) + ",L",
        5 => $"*/{_random.Next(1, 12)}",
        _ => Field(1, 31),
    };

    private string Month() => _random.Next(3) == 0
        ? List(() => Pick("JAN", "Feb", "mar", "APR", "May", "jun", "JUL", "aug", "sep", "OCT", "nov", "dec"))
        : Field(1, 12);

    private string DayOfWeek() => _random.Next(9) switch
    {
        0 or 1 or 2 => Pick("*", "?"),
        3 => Pick("MON-FRI", "mon,wed", "Tue-Thu/2", "SUN", "SAT,SUN", "wed/2"),
        4 => $"{Number(0, 7)}#{_random.Next(1, 6)}",
        5 => List(() => Text(_random.Next(0, 8)) + "L"),
        6 => Pick("MON#1", "fri#3", "FRIL", "1L,3", "5,1L", "7L", "0#5"),
        _ => Field(0, 7),
    };

    private string List(Func<string> item) => string.Join(',', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => item()).Distinct());

    private string Number(int least, int most) => Text(_random.Next(100) == 0 ? most + 1 : _random.Next(least, most + 1));

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private DateTimeOffset Moment(string zone)
    {
        var any = DateTimeOffset.FromUnixTimeMilliseconds(_random.NextInt64(
            new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()));
        return _random.Next(3) == 0 ? any : NearChange(TimeZoneInfo.FindSystemTimeZoneById(zone), any);
    }

    // Up to 30 hours before a change, or two after it.
    private DateTimeOffset NearChange(TimeZoneInfo zone, DateTimeOffset from)
    {
        var hour = from;
        for (var hours = 0; hours < 9000; hours++)
        {
            var next = hour.AddHours(1);
            if (zone.GetUtcOffset(hour) != zone.GetUtcOffset(next))
            {
                return hour.AddMilliseconds(_random.NextInt64(-30 * 3_600_000L, 2 * 3_600_000L));
            }

            hour = next;
        }

        return from;
    }
}
