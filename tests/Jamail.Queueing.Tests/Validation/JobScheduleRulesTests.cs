namespace Jamail.Queueing.Tests.Validation;

public sealed class JobScheduleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly JobSchedule Hourly = new JobSchedule.Every(TimeSpan.FromHours(1));

    public static TheoryData<JobSchedule, string> Refused => new()
    {
        { new JobSchedule.Every(TimeSpan.Zero), "Interval" },
        { new JobSchedule.Every(TimeSpan.FromDays(50_000)), "100 years" },
        { new JobSchedule.Every(TimeSpan.FromMinutes(1)) { Offset = TimeSpan.Zero }, "Offset" },
        { new JobSchedule.Every(TimeSpan.FromMinutes(1)) { Offset = TimeSpan.FromMinutes(1) }, "Offset" },
        { Hourly with { Limit = 0 }, "Limit" },
        { Hourly with { EndAt = Now }, "EndAt" },
        { Hourly with { StartAt = Now.AddDays(2), EndAt = Now.AddDays(1) }, "StartAt" },
        { new JobSchedule.Cron(""), "Pattern is empty" },
        { new JobSchedule.Cron("0 0 32 * *"), "'32'" },
        { new JobSchedule.Cron("* * * * *", "No/Where"), "No/Where" },
        { new JobSchedule.Cron("* * * * *", ""), "IANA" },
        { new JobSchedule.Cron("0 0 29 2 *") { EndAt = Now.AddYears(1) }, "before EndAt" },
        { new JobSchedule.Cron("* * * * *") { Immediately = true, StartAt = Now.AddDays(1) }, "Immediately" },
    };

    public static TheoryData<JobOptions, string> RefusedOptions => new()
    {
        { new JobOptions { Id = JobId.Choose("x") }, "Id" },
        { new JobOptions { Delay = TimeSpan.FromSeconds(1) }, "Delay" },
        { new JobOptions { Timestamp = Now }, "Timestamp" },
        { new JobOptions { Deduplication = new Deduplication("x") }, "Deduplication" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_schedule_that_breaks_a_rule_is_refused_by_name(JobSchedule schedule, string part) =>
        Assert.Contains(
            part, Assert.Throws<ArgumentException>(() => JobScheduleRules.Check(schedule, Now)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(RefusedOptions))]
    public void An_option_that_the_scheduler_gives_itself_is_refused(JobOptions options, string part) =>
        Assert.Contains(
            part, Assert.Throws<ArgumentException>(() => JobScheduleRules.CheckOptions(options)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    public void A_scheduler_id_is_not_empty_and_has_no_colon(string id) =>
        Assert.Throws<ArgumentException>(() => JobScheduleRules.CheckId(id));

    [Fact]
    public void A_preview_shows_the_next_runs_within_start_end_and_limit()
    {
        Assert.Equal(
            [Now.AddHours(1), Now.AddHours(25), Now.AddHours(49)],
            new JobSchedule.Cron("0 13 * * *").Preview(3, Now));
        Assert.Equal(
            [Now.AddMinutes(5), Now.AddMinutes(65)],
            new JobSchedule.Every(TimeSpan.FromHours(1)) { Offset = TimeSpan.FromMinutes(5), Limit = 2 }.Preview(9, Now));
        Assert.Equal([Now, Now.AddHours(1)], (Hourly with { EndAt = Now.AddMinutes(90) }).Preview(9, Now));
        Assert.Equal([Now.AddDays(1)], (Hourly with { StartAt = Now.AddDays(1) }).Preview(1, Now));
        Assert.Equal([Now, Now.AddHours(1)], new JobSchedule.Cron("0 13 * * *") { Immediately = true }.Preview(2, Now));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hourly.Preview(0, Now));
        Assert.Throws<ArgumentException>(() => new JobSchedule.Cron("x").Preview(1, Now));
    }
}
