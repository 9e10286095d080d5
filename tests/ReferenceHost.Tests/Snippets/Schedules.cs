using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.Snippets;

// snippet: scheduler
public sealed class Reports([FromKeyedServices("images")] IJobSchedulers schedulers)
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await schedulers.UpsertAsync(
            "weekday-report",
            new JobSchedule.Cron("0 9 * * MON-FRI", "Europe/Berlin"),
            "report",
            new { Kind = "daily" },
            new JobOptions { Attempts = 3 },
            cancellationToken);
        await schedulers.UpsertAsync(
            "cleanup",
            new JobSchedule.Every(TimeSpan.FromMinutes(10)) { Offset = TimeSpan.FromMinutes(2) },
            "cleanup",
            new { },
            cancellationToken: cancellationToken);
    }
}
// end

public sealed class Deduplicated([FromKeyedServices("images")] IJobQueue images)
{
    public async Task AddAsync(string imageId, CancellationToken cancellationToken)
    {
        var request = new { imageId };

        // snippet: deduplicate
        // Until the one that is there has finished.
        await images.AddAsync("index", request, new JobOptions { Deduplication = new Deduplication($"index-{imageId}") }, cancellationToken);

        // At most once a minute.
        await images.AddAsync("ping", request, new JobOptions
        {
            Deduplication = Deduplication.Throttle($"ping-{imageId}", TimeSpan.FromMinutes(1)),
        }, cancellationToken);

        // The newest, once five seconds have passed without another.
        await images.AddAsync("save", request, new JobOptions
        {
            Delay = TimeSpan.FromSeconds(5),
            Deduplication = Deduplication.Debounce($"save-{imageId}", TimeSpan.FromSeconds(5)),
        }, cancellationToken);

        // One at a time, and the newest of those that came meanwhile after it.
        await images.AddAsync("sync", request, new JobOptions { Deduplication = Deduplication.KeepLatest($"sync-{imageId}") }, cancellationToken);
        // end
    }

    public static async Task ReleaseAsync(IJobQueueInspector inspector, CancellationToken cancellationToken)
    {
        // snippet: release-deduplication
        var owner = await inspector.TryGetDuplicatedJobAsync("index-17", cancellationToken);
        await inspector.ReleaseDeduplicationAsync("index-17", cancellationToken: cancellationToken);
        // end
        _ = owner;
    }
}

internal interface IPartner
{
    Task<TimeSpan?> CallAsync(string request, CancellationToken cancellationToken);
}

// snippet: rate-limited
internal sealed class PartnerProcessor(IPartner partner) : IJobProcessor<string>
{
    public async Task<JobOutcome> ProcessAsync(Job<string> job, CancellationToken cancellationToken) =>
        await partner.CallAsync(job.Payload, cancellationToken) is { } retryAfter
            ? new JobOutcome.RateLimited(retryAfter)
            : new JobOutcome.Completed();
}
// end

// snippet: backoff-strategy
internal sealed class OfficeHours(TimeProvider clock) : IBackoffStrategy
{
    public TimeSpan? WaitAfter(FailedAttempt failed)
    {
        var hour = clock.GetUtcNow().Hour;
        return hour is >= 8 and < 17 ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);
    }
}
// end

internal static class LimitedQueues
{
    public static void AddQueue(WebApplicationBuilder builder)
    {
        // snippet: worker-limits
        builder.Services.AddJamailQueueing()
            .AddQueue("partner", worker =>
            {
                worker.Concurrency = 20;
                worker.RateLimit = new RateLimit(100, TimeSpan.FromSeconds(1));
                worker.MaxStartedAttempts = 10;
                worker.MetricsPeriod = TimeSpan.FromDays(7);
            })
            .AddBackoff<OfficeHours>("office-hours")
            .AddProcessor<string, PartnerProcessor>();
        // end
    }

    public static async Task SetAsync(IJobQueues queues, CancellationToken cancellationToken)
    {
        // snippet: queue-limits
        var limits = queues.Limits("partner");
        await limits.SetConcurrencyAsync(50, cancellationToken);
        await limits.SetRateLimitAsync(new RateLimit(200, TimeSpan.FromSeconds(1)), cancellationToken);
        await limits.HoldAsync(TimeSpan.FromMinutes(5), cancellationToken);
        // end
    }

    public static async Task AddAsync(IJobQueue partner, CancellationToken cancellationToken)
    {
        // snippet: job-limits
        await partner.AddAsync("call", "order-4711", new JobOptions
        {
            Attempts = 5,
            Backoff = new Backoff.Custom("office-hours"),
            TimeLimit = TimeSpan.FromSeconds(30),
            Deadline = TimeSpan.FromHours(1),
        }, cancellationToken);
        // end
    }

    public static async Task PauseAsync(IJobWorkers workers, CancellationToken cancellationToken)
    {
        // snippet: pause-here
        await workers.PauseAsync("partner", cancellationToken: cancellationToken);
        workers.Resume("partner");
        // end
    }
}
