using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>What the parts of one queue's worker share.</summary>
internal sealed record WorkerContext
{
    public required QueueKeys Keys { get; init; }

    public required JobWorkerOptions Options { get; init; }

    /// <summary>First part of every lock token of this worker.</summary>
    public required string WorkerId { get; init; }

    /// <inheritdoc cref="QueueRegistration.BeforeWork"/>
    public required IReadOnlyList<Func<IServiceProvider, CancellationToken, Task>> BeforeWork { get; init; }

    public required RedisConnections Connections { get; init; }

    public required ScriptRunner Scripts { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    public required Heartbeat Heartbeat { get; init; }

    public required QueueingTracing Tracing { get; init; }

    public QueueingMetrics Metrics => Scripts.Metrics;

    public QueueName Queue => Keys.Queue;

    public TimeSpan LockRenewInterval => Options.LockRenewInterval ?? (Options.LockDuration / 3);

    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long LockDurationMs => (long)Options.LockDuration.TotalMilliseconds;

    /// <summary>Under which terms a call takes jobs.</summary>
    /// <param name="token">Goes into their locks.</param>
    public FetchTerms TermsOf(string token) => new(
        token,
        LockDurationMs,
        string.IsNullOrEmpty(Options.Name) ? null : Options.Name,
        Options.RateLimit?.Jobs,
        (long?)Options.RateLimit?.Window.TotalMilliseconds,
        (int?)Options.MetricsPeriod?.TotalMinutes);

    /// <summary>Until when a lock set or renewed by a call sent at this moment surely holds.</summary>
    public long HeldUntil(long sentAt) => sentAt + Ticks(Options.LockDuration);

    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Clock.TimestampFrequency);
}
