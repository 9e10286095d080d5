using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Validation;

/// <summary>
/// What cannot be is refused by the call that was given it, in words that name the thing, its value, the rule and the fix, and
/// leaves nothing in Redis.
/// </summary>
public sealed class BadInputTests
{
    private static readonly TimeSpan Negative = TimeSpan.FromSeconds(-1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Long = new(1960, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JobKey Parent = new("q", JobId.Choose("p"));

    private readonly string _queue = QueueHost.NewName();

    // Thing and value, rule, fix.
    public static TheoryData<JobOptions, string, string, string> Options => new()
    {
        { new() { Attempts = 0 }, "JobOptions.Attempts is 0", "1 or more", "1 means no retry" },
        { new() { KeepLogs = 0 }, "JobOptions.KeepLogs is 0", "1 or more", "leave it unset to keep all" },
        { new() { StackTraceLimit = -1 }, "JobOptions.StackTraceLimit is -1", "0 or more", "0 keeps none" },
        { new() { PayloadVersion = 0 }, "JobOptions.PayloadVersion is 0", "1 or more", "leave it unset for the version" },
        { new() { SizeLimit = 0 }, "JobOptions.SizeLimit is 0", "1 or more", "leave it unset for no limit" },
        { new() { SizeLimit = 3 }, "The payload has 7 bytes", "SizeLimit allows 3", "send less" },
        { new() { Priority = -1 }, "The priority is -1", "0 (none) to 2,097,151", "1 runs first" },
        { new() { Priority = 2_097_152 }, "The priority is 2097152", "0 (none) to 2,097,151", "1 runs first" },
        { new() { Delay = Negative }, "JobOptions.Delay is -00:00:01", "zero or more", "leave it unset" },
        { new() { Id = JobId.Parse("17") }, "Job id '17'", "is an integer", "add a prefix, as in 'job-17'" },
        { new() { Id = JobId.Parse("a:b") }, "Job id 'a:b'", "holds ':'", "use '-' or '.'" },
        { new() { Id = default(JobId) }, "The job id", "is empty", "leave it unset" },
        { new() { Timestamp = Long }, "JobOptions.Timestamp is 1960-01-01", "must not be before 1970", "leave it unset for now" },
        { new() { TimeLimit = TimeSpan.Zero }, "JobOptions.TimeLimit is 00:00:00", "1 millisecond or more", "leave it unset for no limit" },
        { new() { Deadline = Negative }, "JobOptions.Deadline is -00:00:01", "1 millisecond or more", "leave it unset for no limit" },
        { new() { RemoveOnComplete = new() { Count = -1 } }, "JobOptions.RemoveOnComplete.Count is -1", "0 or more", "leave it unset" },
        { new() { RemoveOnComplete = new() { Age = Negative } }, "JobOptions.RemoveOnComplete.Age is -00:00:01", "zero or more", "leave it unset" },
        { new() { RemoveOnFail = new() { Limit = 0 } }, "JobOptions.RemoveOnFail.Limit is 0", "1 or more", "leave it unset for 1000" },
        { new() { Backoff = new Backoff.Fixed(Negative) }, "Backoff.Fixed.Delay is -00:00:01", "zero or more", "zero tries again at once" },
        { new() { Backoff = new Backoff.Exponential(Negative) }, "Backoff.Exponential.Delay is -00:00:01", "zero or more", "zero tries" },
        { new() { Backoff = new Backoff.Fixed(Second, double.NaN) }, "Jitter is NaN", "0 to 1", "give 0 for none" },
        { new() { Backoff = new Backoff.Exponential(Second, 1.5) }, "Jitter is 1.5", "0 to 1", "give 0 for none" },
        { new() { Backoff = new Backoff.Schedule() }, "Backoff.Schedule", "has no waits", "give at least one" },
        { new() { Backoff = new Backoff.Schedule(Second, Negative) }, "A wait of Backoff.Schedule is -00:00:01", "zero or more", "zero tries" },
        { new() { Backoff = new Backoff.Custom("fixed") }, "Backoff.Custom.Type is 'fixed'", "a strategy of your own", "give another name" },
        { new() { Backoff = new Backoff.Custom("mine", Negative) }, "Backoff.Custom.Delay is -00:00:01", "zero or more", "leave it unset" },
        { new() { Parent = default(JobKey) }, "JobOptions.Parent is '", "must name a queue and a job", "give the JobKey" },
        { new() { ChildFailure = ChildFailure.Ignore }, "JobOptions.ChildFailure is Ignore", "has no parent", "set Parent, or leave" },
        { new() { Parent = Parent, ChildFailure = (ChildFailure)9 }, "JobOptions.ChildFailure is 9", "one of KeepWaiting", "leave it unset" },
        { new() { Parent = Parent, Deduplication = new("d") }, "JobOptions.Deduplication is 'd'", "cannot be left out", "a chosen Id instead" },
        { new() { Deduplication = new("") }, "Deduplication.Id", "is empty", "give for example 'report-17'" },
        { new() { Deduplication = new("d") { Window = TimeSpan.Zero } }, "Deduplication.Window is 00:00:00", "1 millisecond to 10 years", "leave it unset" },
        { new() { Deduplication = new("d") { ExtendWindow = true } }, "Deduplication.ExtendWindow is set", "without a Window", "set Window too" },
        {
            new() { Deduplication = new("d") { Window = Second, KeepLatestWhileActive = true } }, "Deduplication.Window is 00:00:01",
            "counts until the job has finished", "unset one of them"
        },
        {
            new() { Deduplication = new("d") { WhileDelayed = (DuplicateEffect)7 } }, "Deduplication.WhileDelayed is 7",
            "None, Replace or Reschedule", "leave it unset for None"
        },
    };

    public static TheoryData<JobSchedule, string, string, string> Schedules => new()
    {
        { new JobSchedule.Every(TimeSpan.Zero), "JobSchedule.Every.Interval is 00:00:00", "1 millisecond to 100 years", "add a delayed job" },
        {
            new JobSchedule.Every(Second) { Offset = Second }, "JobSchedule.Every.Offset is 00:00:01", "less than the interval (00:00:01)",
            "give StartAt"
        },
        { new JobSchedule.Every(Second) { Limit = 0 }, "JobSchedule.Limit is 0", "1 or more", "leave it unset for no limit" },
        { new JobSchedule.Every(Second) { EndAt = Long }, "JobSchedule.EndAt is 1960-01-01", "which is past", "give a moment in the future" },
        { new JobSchedule.Every(Second) { StartAt = Long }, "JobSchedule.StartAt is 1960-01-01", "must be after 1970", "correct one of them" },
        { new JobSchedule.Cron(""), "JobSchedule.Cron.Pattern", "is empty", "give a cron pattern, as in" },
        { new JobSchedule.Cron("61 * * * *"), "JobSchedule.Cron.Pattern is '61 * * * *'", "'61'", "0 to 59" },
        { new JobSchedule.Cron("0 0 30 2 *"), "JobSchedule.Cron.Pattern is '0 0 30 2 *'", "none of its months has", "give a day that exists" },
        { new JobSchedule.Cron("* * * * *", "No/Where"), "JobSchedule.Cron.TimeZone is 'No/Where'", "does not know", "give an IANA name" },
        {
            new JobSchedule.Cron("* * * * *") { Immediately = true, StartAt = DateTimeOffset.MaxValue }, "JobSchedule.Cron.Immediately is set",
            "either at once or later", "unset one"
        },
        {
            new JobSchedule.Cron($"0 0 1 {DateTime.UtcNow.AddMonths(6).Month} *") { EndAt = DateTimeOffset.UtcNow.AddDays(1) },
            "JobSchedule.Cron.Pattern '0 0 1 ", "has no match before EndAt", "give another pattern"
        },
    };

    public static TheoryData<JobOptions, string> OptionsOfSchedulers => new()
    {
        { new() { Id = JobId.Choose("x") }, "Id" },
        { new() { Delay = Second }, "Delay" },
        { new() { Timestamp = DateTimeOffset.UnixEpoch }, "Timestamp" },
        { new() { Deduplication = new("d") }, "Deduplication" },
        { new() { Parent = Parent }, "Parent" },
        { new() { ChildFailure = ChildFailure.Ignore }, "ChildFailure" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_of_a_job_that_cannot_be(JobOptions options, string thing, string rule, string fix)
    {
        await RefusedAsync(host => host.Queue.AddAsync("n", new { a = 1 }, options), thing, rule, fix);
        await RefusedAsync(
            host => host.Queue.AddManyAsync([new NewJob<object>("n", new { a = 1 }), new NewJob<object>("n", new { a = 1 }, options)]), thing, rule, fix);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public Task A_schedule_that_cannot_be(JobSchedule schedule, string thing, string rule, string fix) =>
        RefusedAsync(host => Schedulers(host).UpsertAsync("s", schedule, "n", 1), thing, rule, fix);

    [Theory]
    [MemberData(nameof(OptionsOfSchedulers))]
    public Task An_option_that_a_scheduler_gives_its_jobs_itself(JobOptions options, string option) => RefusedAsync(
        host => Schedulers(host).UpsertAsync("s", new JobSchedule.Every(Second), "n", 1, options), $"JobOptions.{option} is set",
        "get theirs from its schedule", "leave it unset");

    [Theory]
    [InlineData("", "The scheduler id", "is empty", "give it a name of your own")]
    [InlineData("a:b", "Scheduler id 'a:b'", "holds ':'", "use '-' or '.'")]
    public Task A_scheduler_id_that_cannot_be(string id, string thing, string rule, string fix) =>
        RefusedAsync(host => Schedulers(host).UpsertAsync(id, new JobSchedule.Every(Second), "n", 1), thing, rule, fix);

    [Fact]
    public async Task Limits_that_cannot_be()
    {
        await RefusedAsync(host => Limits(host).SetConcurrencyAsync(0), "The concurrency of a queue", "1 or more", "null for no limit", "0");
        await RefusedAsync(
            host => Limits(host).SetRateLimitAsync(new RateLimit(0, Second)), "RateLimit.Jobs is 0", "1 or more", "give no limit, or pause");
        await RefusedAsync(
            host => Limits(host).SetRateLimitAsync(new RateLimit(1, TimeSpan.Zero)), "RateLimit.Window is 00:00:00", "1 millisecond to 365 days",
            "give another window");
        await RefusedAsync(
            host => Limits(host).HoldAsync(TimeSpan.FromDays(366)), "The time to hold jobs back is 366.00:00:00", "at most 365 days", "pause it");
    }

    [Fact]
    public async Task Names_that_cannot_be()
    {
        await RefusedAsync(host => host.Queue.AddAsync("", 1), "The job name", "is empty", "give one");
        await RefusedAsync(
            host => host.Services.GetRequiredService<IJobQueues>().Get("a:b").AddAsync("n", 1), "Queue name 'a:b'", "holds ':'", "use '-' or '.'");
    }

    [Fact]
    public void Every_option_that_can_be_wrong_is_tried()
    {
        var tried = string.Join('\n', Options.Select(row => $"{row[1]} {row[2]}")).Replace("The priority", "JobOptions.Priority", StringComparison.Ordinal);
        tried = tried.Replace("Job id", "JobOptions.Id", StringComparison.Ordinal).Replace("Backoff.", "JobOptions.Backoff", StringComparison.Ordinal);
        var free = new[] { nameof(JobOptions.Lifo), nameof(JobOptions.TraceParent), nameof(JobOptions.TraceState) };
        Assert.Equal(
            free, typeof(JobOptions).GetProperties().Select(property => property.Name).Where(name => !tried.Contains($"JobOptions.{name}", StringComparison.Ordinal)));
    }

    private async Task RefusedAsync(Func<QueueHost, Task> call, params string[] parts)
    {
        await using var host = await QueueHost.StartAsync(_queue);

        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => call(host));

        Assert.All(parts, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
        Assert.Empty((await Keyspace.ReadAsync(RedisServer.Shared.Database, $"bull:{_queue}:")).Entries);
    }

    private IJobSchedulers Schedulers(QueueHost host) => host.Services.GetRequiredKeyedService<IJobSchedulers>(_queue);

    private IJobQueueLimits Limits(QueueHost host) => host.Services.GetRequiredKeyedService<IJobQueueLimits>(_queue);
}
