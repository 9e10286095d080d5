namespace Jamail.Queueing.Tests.Validation;

public sealed class JobWorkerOptionsRulesTests
{
    // Thing and value, rule, fix.
    private static readonly (string Thing, string Rule, string Fix)[] Wrong =
    [
        ("Concurrency is 0", "1 to 10,000", "leave it unset for 1"),
        ("LockDuration is 00:00:00.1000000", "00:00:00.2500000 to 01:00:00", "leave it unset for 00:00:30"),
        ("LockRenewInterval is 00:00:00.0100000", "at least 50 ms and at most half of LockDuration", "otherwise every long job"),
        ("StalledInterval is 02:00:00", "00:00:00.2500000 to 01:00:00", "leave it unset for 00:00:30"),
        ("MaxStalledCount is -1", "0 or more", "leave it unset for 1"),
        ("IdleWait is 00:00:00", "00:00:00.1000000 to 00:01:00", "leave it unset for 00:00:05"),
        ("DrainTimeout is -00:00:01", "00:00:00 to 01:00:00", "leave it unset for 00:00:20"),
        ("DrainGrace is 01:00:00", "00:00:00 to 00:10:00", "leave it unset for 00:00:05"),
        ("MaxStartedAttempts is 0", "1 or more", "leave it unset for no limit"),
        ("RateLimit.Jobs is 0", "1 or more", "give no limit"),
        ("MetricsPeriod is 00:00:01", "1 minute to 90 days", "leave it unset to count nothing"),
        ("RemoveOnComplete.Count is -1", "0 or more", "leave it unset"),
        ("RemoveOnFail.Limit is 0", "1 or more", "leave it unset for 1000"),
    ];

    [Fact]
    public void Every_option_out_of_its_range_is_named_at_once_with_its_value_the_rule_and_the_fix()
    {
        var failures = new JobWorkerOptionsRules().Validate("images", new JobWorkerOptions
        {
            Concurrency = 0,
            LockDuration = TimeSpan.FromMilliseconds(100),
            LockRenewInterval = TimeSpan.FromMilliseconds(10),
            StalledInterval = TimeSpan.FromHours(2),
            MaxStalledCount = -1,
            IdleWait = TimeSpan.Zero,
            DrainTimeout = TimeSpan.FromSeconds(-1),
            DrainGrace = TimeSpan.FromHours(1),
            MaxStartedAttempts = 0,
            RateLimit = new RateLimit(0, TimeSpan.FromSeconds(1)),
            MetricsPeriod = TimeSpan.FromSeconds(1),
            RemoveOnComplete = new JobRetention { Count = -1 },
            RemoveOnFail = new JobRetention { Limit = 0 },
        }).Failures!.ToArray();

        Assert.Equal(Wrong.Length, failures.Length);
        Assert.All(failures, failure => Assert.StartsWith("Worker 'images': ", failure, StringComparison.Ordinal));
        foreach (var (thing, rule, fix) in Wrong)
        {
            Assert.Contains(failures, failure => failure.Contains(thing, StringComparison.Ordinal)
                && failure.Contains(rule, StringComparison.Ordinal) && failure.Contains(fix, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_defaults_are_within_their_ranges_and_every_option_that_can_be_wrong_is_tried()
    {
        Assert.True(new JobWorkerOptionsRules().Validate("images", new JobWorkerOptions()).Succeeded);
        var tried = Wrong.Select(wrong => wrong.Thing.Split(' ', '.')[0]).ToHashSet();
        Assert.Equal(
            ["Name"], typeof(JobWorkerOptions).GetProperties().Select(property => property.Name).Where(name => !tried.Contains(name)));
    }
}
