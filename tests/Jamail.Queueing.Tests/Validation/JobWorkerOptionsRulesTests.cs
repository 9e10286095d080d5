namespace Jamail.Queueing.Tests.Validation;

public sealed class JobWorkerOptionsRulesTests
{
    [Fact]
    public void Every_option_out_of_its_range_is_named_at_once()
    {
        var failures = new JobWorkerOptionsRules().Validate("images", new JobWorkerOptions
        {
            MaxStartedAttempts = 0,
            RateLimit = new RateLimit(0, TimeSpan.FromSeconds(1)),
            MetricsPeriod = TimeSpan.FromSeconds(1),
        }).Failures!.ToArray();

        Assert.Equal(3, failures.Length);
        Assert.All(failures, failure => Assert.StartsWith("Worker 'images': ", failure, StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("MaxStartedAttempts is 0", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("RateLimit.Jobs is 0", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("MetricsPeriod is 00:00:01", StringComparison.Ordinal));
    }
}
