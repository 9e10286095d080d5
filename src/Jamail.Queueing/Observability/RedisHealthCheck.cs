using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Queueing;

/// <summary>Whether queues can be worked: Redis answers, does not evict, and locks are renewed in time.</summary>
internal sealed class RedisHealthCheck(RedisConnections connections, JobWorkerHost workers, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await connections.Database.PingAsync().WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                exception is TimeoutException
                    ? $"Redis did not answer within {Patience.TotalSeconds} s."
                    : "Redis is away; queues wait for it.");
        }

        var data = workers.Workers.ToDictionary(
            worker => $"lock renewal of {worker.Queue}, late by ms",
            object (worker) => Math.Round(worker.RenewalLateness.TotalMilliseconds));
        if (connections.ServerWarning is { } warning)
        {
            return HealthCheckResult.Degraded(warning, data: data);
        }

        return workers.Workers.FirstOrDefault(worker => worker.RenewalLateness > worker.LockDuration / 2) is { } late
            ? HealthCheckResult.Degraded(
                $"Locks of queue '{late.Queue}' were last renewed {late.RenewalLateness.TotalSeconds:0.#} s late; " +
                "the host has too few threads or too little CPU for its work.",
                data: data)
            : HealthCheckResult.Healthy("Redis answers.", data);
    }
}
