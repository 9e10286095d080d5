using System.Globalization;
using System.Text;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Scheduling;

/// <summary>Our cron patterns against npm's cron-parser, asked in one batch.</summary>
public sealed class CronParserTests
{
    private static readonly int Patterns = Proof.Size(2500, 100_000);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Proof.Size(5, 120));

    [Fact]
    public async Task Generated_patterns_have_the_next_times_that_Nodes_cron_parser_gives()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("JAMAIL_TEST_SEED"), out var given) ? given : 20261126;
        var patterns = new CronPatterns(seed);
        CronAsk[] asks = [.. Enumerable.Range(0, Patterns).Select(_ => patterns.Next())];

        var theirs = await AskNodeAsync(asks);

        var differences = new StringBuilder();
        var (different, refused) = (0, 0);
        for (var index = 0; index < asks.Length; index++)
        {
            var ours = Times(asks[index]);
            refused += ours is null ? 1 : 0;
            if (!Equal(ours, theirs[index]) && ++different <= 20)
            {
                differences.AppendLine(CultureInfo.InvariantCulture, $"{asks[index]}\n  ours   {Show(ours)}\n  theirs {Show(theirs[index])}");
            }
        }

        Assert.True(different == 0, $"{different} of {Patterns} differ, seed {seed}:\n{differences}");
        Assert.InRange(refused, Patterns / 100, Patterns / 4);
        Proof.Note("Cron patterns whose next times are those of Node's cron-parser", "patterns", Patterns);
    }

    [Theory]
    [InlineData("* * 17,30,26-31 2/16 6#4")]
    [InlineData("0 0 30,30,5 2 *")]
    [InlineData("0 0 29,29 2 *")]
    [InlineData("0 0 31,31,5 4 *")]
    [InlineData("0 0 30,30 4 *")]
    [InlineData("0 0 31,31,5 4,6 *")]
    public async Task A_day_named_twice_is_refused_as_by_Nodes_parser_unless_the_only_month_has_no_such_day(string pattern)
    {
        var ask = new CronAsk(pattern, "Europe/Berlin", new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), 3);

        Assert.Equal((await AskNodeAsync([ask]))[0], Times(ask));
    }

    [Theory]
    [InlineData("0 * * * *", "Australia/Lord_Howe")]
    [InlineData("*/10 2 * * *", "Australia/Lord_Howe")]
    public void Where_Nodes_parser_finds_no_end_ours_goes_on(string pattern, string zone) =>
        Assert.NotNull(Times(new CronAsk(pattern, zone, new DateTimeOffset(2026, 4, 4, 13, 20, 0, TimeSpan.Zero), 5)));

    private static async Task<long[]?[]> AskNodeAsync(CronAsk[] asks)
    {
        await using var node = await NodeProcess.StartAsync("cron-times.mjs");
        await node.SendAsync(new { Asks = asks.Select(ask => ask.Wire) });
        var reply = await node.ReadAsync("times", Patience);
        return [.. reply.GetProperty("times").EnumerateArray().Select(CronAsk.Read)];
    }

    private static long[]? Times(CronAsk ask)
    {
        try
        {
            var pattern = CronPattern.Parse(ask.Pattern);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(ask.TimeZone);
            var times = new long[ask.Count];
            var at = ask.From;
            for (var index = 0; index < times.Length; index++)
            {
                if (CronWalk.Next(pattern, zone, at) is not { } next)
                {
                    return null;
                }

                at = next;
                times[index] = at.ToUnixTimeMilliseconds();
            }

            return times;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool Equal(long[]? ours, long[]? theirs) =>
        ours is null || theirs is null ? ours is null && theirs is null : ours.SequenceEqual(theirs);

    private static string Show(long[]? times) => times is null
        ? "refused"
        : string.Join(' ', times.Select(time => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)));
}
