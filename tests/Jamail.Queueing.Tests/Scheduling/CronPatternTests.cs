namespace Jamail.Queueing.Tests.Scheduling;

public sealed class CronPatternTests
{
    [Theory]
    [InlineData("60 * * * *", "minute '60'")]
    [InlineData("* 24 * * *", "hour '24'")]
    [InlineData("* * 0 * *", "day of the month '0'")]
    [InlineData("* * * 13 *", "month '13'")]
    [InlineData("* * * * 8", "day of the week '8'")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("* * * * * * *", "7 fields")]
    [InlineData("", "0 fields")]
    [InlineData("5-1 * * * *", "larger to a smaller")]
    [InlineData("*/0 * * * *", "no step")]
    [InlineData("1/2/3 * * * *", "no value, range or step")]
    [InlineData("1,,2 * * * *", "no value, range or step")]
    [InlineData("1,1 * * * *", "twice")]
    [InlineData("0 0 31 2,4 *", "none of its months")]
    [InlineData("0 0 L,L * *", "twice")]
    [InlineData("0 0 * * L", "no number or name")]
    [InlineData("0 0 * * 1#6", "1 to 5")]
    [InlineData("0 0 * * 1#1,3", "1 to 5")]
    [InlineData("0 0 * JANUARY *", "no number or name")]
    [InlineData("@fortnightly", "1 fields")]
    public void A_wrong_pattern_is_refused_by_its_part_and_rule(string pattern, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => CronPattern.Parse(pattern)).Message, StringComparison.Ordinal);

    /// <summary>cron-parser takes these for something that nobody means.</summary>
    [Theory]
    [InlineData("1-2-3 * * * *")]
    [InlineData("*-5 * * * *")]
    [InlineData("5/2-3 * * * *")]
    [InlineData("0 0 5L * *")]
    [InlineData("0 0 * * 8L")]
    [InlineData("0 0 * * 5-6L")]
    [InlineData("0 0 * * JAN")]
    [InlineData("0 0 * * *#2")]
    [InlineData("H * * * *")]
    public void What_has_no_clear_meaning_is_refused(string pattern) =>
        Assert.Throws<FormatException>(() => CronPattern.Parse(pattern));

    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 * * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("0 0 * * *", "Asia/Beirut", "2026-03-28T00:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("*/30 * * * * *", "UTC", "2026-01-15T12:34:56.789Z", "2026-01-15T12:35:00Z")]
    public void The_next_time_is_that_of_the_clock_in_its_zone(string pattern, string zone, string after, string next) =>
        Assert.Equal(
            Time(next),
            CronWalk.Next(CronPattern.Parse(pattern), TimeZoneInfo.FindSystemTimeZoneById(zone), Time(after)));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
