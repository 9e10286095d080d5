using System.Text;

namespace Jamail.Queueing.Tests.Redis;

public sealed class JobOptionsJsonTests
{
    [Fact]
    public void Attempts_are_always_written() => Assert.Equal("""{"attempts":0}""", Encode(null));

    [Fact]
    public void Every_option_has_the_name_that_BullMQ_stores() => Assert.Equal(
        """{"attempts":3,"backoff":{"type":"exponential","delay":1000,"jitter":0.5},"delay":1500,"priority":9,"lifo":true,"jobId":"a-1","timestamp":1700000000000,"removeOnComplete":true,"removeOnFail":5,"kl":10,"stackTraceLimit":2,"sizeLimit":100}""",
        Encode(new JobOptions
        {
            Attempts = 3,
            Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(1), 0.5),
            Delay = TimeSpan.FromMilliseconds(1500.7),
            Priority = 9,
            Lifo = true,
            Id = JobId.Choose("a-1"),
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1700000000000),
            RemoveOnComplete = JobRetention.None,
            RemoveOnFail = JobRetention.Newest(5),
            KeepLogs = 10,
            StackTraceLimit = 2,
            SizeLimit = 100,
        }));

    [Fact]
    public void A_schedule_carries_its_waits() => Assert.Equal(
        """{"attempts":4,"backoff":{"type":"schedule","delay":60000,"waits":[60000,300000,900000]}}""",
        Encode(new JobOptions
        {
            Attempts = 4,
            Backoff = new Backoff.Schedule(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)),
        }));

    [Fact]
    public void Retention_by_age_is_in_whole_seconds_and_for_ever_is_false() => Assert.Equal(
        """{"attempts":0,"removeOnComplete":{"age":2,"count":3,"limit":4},"removeOnFail":false}""",
        Encode(new JobOptions
        {
            RemoveOnComplete = JobRetention.For(TimeSpan.FromSeconds(1.2), 3, 4),
            RemoveOnFail = JobRetention.Forever,
        }));

    private static string Encode(JobOptions? options) => Encoding.UTF8.GetString(JobOptionsJson.Encode(options, "bull"));
}
