using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Queueing;

/// <summary>Whether the workers of this host consume: Redis answered them lately, and locks are renewed in time.</summary>
internal sealed class WorkerHealthCheck(JobWorkerHost host) : IHealthCheck
{
    // A rate limit keeps a worker from asking for up to 30 s.
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new Findings();
        foreach (var worker in host.Workers)
        {
            findings.Fail(Silence(worker.Queue, worker.SilentFor, worker.IdleWait, worker.WantsJobs));
            findings.Warn(Lateness(worker.Queue, worker.RenewalLateness, worker.LockDuration));
            findings.Data[$"lock renewal of {worker.Queue}, late by ms"] = Math.Round(worker.RenewalLateness.TotalMilliseconds);
            findings.Data[$"last answer to {worker.Queue}, ms ago"] = Math.Round(worker.SilentFor.TotalMilliseconds);
        }

        return Task.FromResult(findings.Result("Workers consume."));
    }

    internal static string? Silence(QueueName queue, TimeSpan silentFor, TimeSpan idleWait, bool wantsJobs)
    {
        var most = (2 * idleWait > LeastSilence ? 2 * idleWait : LeastSilence) + Slack;
        return wantsJobs && silentFor > most
            ? $"The worker of queue '{queue}' has had no answer to a fetch or a wait for {silentFor.TotalSeconds:0} s; nothing is consumed."
            : null;
    }

    internal static string? Lateness(QueueName queue, TimeSpan lateness, TimeSpan lockDuration) =>
        lateness > lockDuration / 2
            ? $"Locks of queue '{queue}' were last renewed {lateness.TotalSeconds:0.#} s late; " +
              "the host has too few threads or too little CPU for its work."
            : null;
}
