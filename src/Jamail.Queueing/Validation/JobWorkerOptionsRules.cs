using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Rules of <see cref="JobWorkerOptions"/>.</summary>
internal sealed class JobWorkerOptionsRules : IValidateOptions<JobWorkerOptions>
{
    private static readonly JobWorkerOptions Usual = new();

    public ValidateOptionsResult Validate(string? name, JobWorkerOptions options)
    {
        var failures = new List<string>();
        if (options.Concurrency is < 1 or > 10_000)
        {
            failures.Add($"Worker '{name}': Concurrency is {options.Concurrency} but must be 1 to 10,000; leave it unset for 1.");
        }

        if (options.MaxStalledCount < 0)
        {
            failures.Add($"Worker '{name}': MaxStalledCount is {options.MaxStalledCount} but must be 0 or more; leave it unset for 1.");
        }

        if (options.MaxStartedAttempts < 1)
        {
            failures.Add(
                $"Worker '{name}': MaxStartedAttempts is {options.MaxStartedAttempts} but must be 1 or more; leave it unset for no limit.");
        }

        if (RateLimitRules.Refusal(options.RateLimit) is { } refusal)
        {
            failures.Add($"Worker '{name}': {refusal}");
        }

        if (options.MetricsPeriod is { } period && (period < TimeSpan.FromMinutes(1) || period > TimeSpan.FromDays(90)))
        {
            failures.Add(
                $"Worker '{name}': MetricsPeriod is {period} but must be 1 minute to 90 days; leave it unset to count nothing.");
        }

        Check(options.LockDuration, nameof(options.LockDuration), TimeSpan.FromMilliseconds(250), TimeSpan.FromHours(1), Usual.LockDuration);
        Check(options.StalledInterval, nameof(options.StalledInterval), TimeSpan.FromMilliseconds(250), TimeSpan.FromHours(1), Usual.StalledInterval);
        Check(options.IdleWait, nameof(options.IdleWait), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), Usual.IdleWait);
        Check(options.DrainTimeout, nameof(options.DrainTimeout), TimeSpan.Zero, TimeSpan.FromHours(1), Usual.DrainTimeout);
        Check(options.DrainGrace, nameof(options.DrainGrace), TimeSpan.Zero, TimeSpan.FromMinutes(10), Usual.DrainGrace);

        if (options.LockRenewInterval is { } renew && (renew < TimeSpan.FromMilliseconds(50) || renew > options.LockDuration / 2))
        {
            failures.Add(
                $"Worker '{name}': LockRenewInterval is {renew} but must be at least 50 ms and at most half of LockDuration " +
                $"({options.LockDuration}); otherwise every long job is handed to a second worker while it still runs.");
        }

        failures.AddRange(RetentionRules.FailuresOf(options.RemoveOnComplete, $"Worker '{name}': RemoveOnComplete"));
        failures.AddRange(RetentionRules.FailuresOf(options.RemoveOnFail, $"Worker '{name}': RemoveOnFail"));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(TimeSpan value, string option, TimeSpan least, TimeSpan most, TimeSpan otherwise)
        {
            if (value < least || value > most)
            {
                failures.Add($"Worker '{name}': {option} is {value} but must be {least} to {most}; leave it unset for {otherwise}.");
            }
        }
    }
}
