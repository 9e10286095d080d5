namespace Jamail.Queueing.Tests.Validation;

public sealed class JobOptionsRulesTests
{
    public static TheoryData<JobOptions, string> Refused => new()
    {
        { new JobOptions { Priority = -1 }, "-1" },
        { new JobOptions { Priority = 2_097_152 }, "2,097,151" },
        { new JobOptions { Delay = TimeSpan.FromMilliseconds(-1) }, "Delay" },
        { new JobOptions { Attempts = 0 }, "Attempts" },
        { new JobOptions { KeepLogs = 0 }, "KeepLogs" },
        { new JobOptions { StackTraceLimit = -1 }, "StackTraceLimit" },
        { new JobOptions { SizeLimit = 0 }, "SizeLimit" },
        { new JobOptions { Id = JobId.Parse("17") }, "integer" },
        { new JobOptions { Id = JobId.Parse("0") }, "integer" },
        { new JobOptions { Id = JobId.Parse("a:b") }, "':'" },
        { new JobOptions { Id = default(JobId) }, "empty" },
        { new JobOptions { Backoff = new Backoff.Fixed(TimeSpan.FromSeconds(-1)) }, "Delay" },
        { new JobOptions { Backoff = new Backoff.Exponential(TimeSpan.Zero, 1.5) }, "Jitter" },
        { new JobOptions { Backoff = new Backoff.Fixed(TimeSpan.Zero, double.NaN) }, "Jitter" },
        { new JobOptions { Backoff = new Backoff.Schedule() }, "no waits" },
        { new JobOptions { Backoff = new Backoff.Schedule(TimeSpan.FromSeconds(-1)) }, "wait" },
        { new JobOptions { Timestamp = DateTimeOffset.MinValue }, "1970" },
        { new JobOptions { RemoveOnComplete = new JobRetention { Count = -1 } }, "RemoveOnComplete.Count" },
        { new JobOptions { RemoveOnFail = new JobRetention { Age = TimeSpan.FromSeconds(-1) } }, "RemoveOnFail.Age" },
        { new JobOptions { RemoveOnFail = new JobRetention { Limit = 0 } }, "RemoveOnFail.Limit" },
        { new JobOptions { Backoff = new Backoff.Custom("") }, "Custom.Type" },
        { new JobOptions { Backoff = new Backoff.Custom("exponential") }, "Custom.Type" },
        { new JobOptions { Backoff = new Backoff.Custom("mine", TimeSpan.FromSeconds(-1)) }, "Custom.Delay" },
        { new JobOptions { TimeLimit = TimeSpan.Zero }, "TimeLimit" },
        { new JobOptions { Deadline = TimeSpan.FromSeconds(-1) }, "Deadline" },
        { new JobOptions { TraceParent = "mine" }, "TraceParent" },
        { new JobOptions { TraceParent = "00-00000000000000000000000000000000-b7ad6b7169203331-01" }, "W3C" },
        { new JobOptions { Deduplication = new Deduplication("") }, "Deduplication.Id" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_option_out_of_its_range_is_refused_by_name(JobOptions options, string part) =>
        Assert.Contains(
            part, Assert.Throws<ArgumentException>(() => JobOptionsRules.Check("n", options)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("order-1")]
    [InlineData("1.5")]
    [InlineData("12a")]
    [InlineData(" 5")]
    public void Ids_that_are_no_integers_are_taken(string id) =>
        JobOptionsRules.Check("n", new JobOptions { Id = JobId.Choose(id), Priority = 2_097_151, Attempts = 1 });

    [Fact]
    public void A_job_needs_a_name() => Assert.Throws<ArgumentException>(() => JobOptionsRules.Check("", null));

    [Fact]
    public void A_payload_over_the_limit_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<ArgumentException>(() => JobOptionsRules.CheckSize(11, new JobOptions { SizeLimit = 10 }));

        Assert.Contains("11", error.Message, StringComparison.Ordinal);
        Assert.Contains("10", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("1 2")]
    [InlineData("\uFEFF1")]
    public void Raw_JSON_that_is_not_one_value_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => JobPayloadJson.Encode(new RawJson(System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Raw_JSON_is_kept_byte_for_byte()
    {
        var bytes = " { \"a\" : 1.50 , \"a\" : \"\\u00e9\" } "u8.ToArray();

        Assert.Equal(bytes, JobPayloadJson.Encode(new RawJson(bytes)));
    }
}
