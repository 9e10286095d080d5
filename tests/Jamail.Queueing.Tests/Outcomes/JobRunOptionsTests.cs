using System.Text;

namespace Jamail.Queueing.Tests.Outcomes;

public sealed class JobRunOptionsTests
{
    [Fact]
    public void Options_are_read_whatever_else_stands_beside_them()
    {
        var options = Read("""
            {"de":{"id":"x"},"attempts":3,"delay":1e3,"backoff":{"type":"exponential","more":[1,{}],"delay":1000,"jitter":0.5},
             "removeOnComplete":{"age":3600,"count":10,"limit":5},"removeOnFail":true,"kl":7,"stackTraceLimit":2,"lifo":true,"tm":"{}"}
            """);

        Assert.Equal(3, options.Attempts);
        Assert.Equal(("exponential", 1000d, 0.5), (options.Backoff!.Type, options.Backoff.DelayMs, options.Backoff.Jitter));
        Assert.Equal(new KeepJobs(10, 3600, 5), options.RemoveOnComplete);
        Assert.Equal(new KeepJobs(0, null, null), options.RemoveOnFail);
        Assert.Equal((7, 2, true), (options.KeepLogs, options.StackTraceLimit, options.Lifo));
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{\"attempts\":2.9}", 2)]
    [InlineData("{\"attempts\":null}", 0)]
    [InlineData("{\"attempts\":\"3\"}", 0)]
    [InlineData("", 0)]
    [InlineData("null", 0)]
    public void Attempts_are_read_leniently(string json, int expected) => Assert.Equal(expected, Read(json).Attempts);

    [Fact]
    public void A_raw_number_is_a_fixed_back_off() =>
        Assert.Equal(("fixed", 250d), (Read("{\"backoff\":250}").Backoff!.Type, Read("{\"backoff\":250}").Backoff!.DelayMs));

    [Fact]
    public void Retention_by_number_and_by_flag()
    {
        Assert.Equal(new KeepJobs(3, null, null), Read("{\"removeOnComplete\":3}").RemoveOnComplete);
        Assert.Equal(new KeepJobs(-1, null, null), Read("{\"removeOnComplete\":false}").RemoveOnComplete);
        Assert.Null(Read("{\"removeOnComplete\":null}").RemoveOnComplete);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var options = JobRunOptions.Read(JobOptionsJson.Encode(new JobOptions
        {
            Attempts = 4,
            Backoff = new Backoff.Schedule(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)),
            RemoveOnComplete = JobRetention.For(TimeSpan.FromSeconds(1.5), 10),
            RemoveOnFail = JobRetention.Forever,
            KeepLogs = 3,
            StackTraceLimit = 0,
        }, "bull"));

        Assert.Equal(4, options.Attempts);
        Assert.Equal([60_000d, 300_000d], options.Backoff!.WaitsMs);
        Assert.Equal(new KeepJobs(10, 2, null), options.RemoveOnComplete);
        Assert.Equal(new KeepJobs(-1, null, null), options.RemoveOnFail);
        Assert.Equal((3, 0), (options.KeepLogs, options.StackTraceLimit));
    }

    private static JobRunOptions Read(string json) => JobRunOptions.Read(Encoding.UTF8.GetBytes(json));
}
