namespace Jamail.Queueing;

/// <summary>The limits of one queue.</summary>
internal sealed class JobQueueLimits(
    QueueKeys keys, ScriptRunner scripts, RedisConnections connections, QueueMeta meta, TimeProvider clock) : IJobQueueLimits
{
    private readonly Limits _limits = new(() => connections.Database, scripts, keys);
    private readonly RedisCalls _calls = new(keys.Queue, connections, clock);

    public QueueName Queue => keys.Queue;

    public Task<int?> GetConcurrencyAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(_ => _limits.GetConcurrencyAsync(), cancellationToken);

    public Task SetConcurrencyAsync(int? jobs, CancellationToken cancellationToken = default) =>
        jobs < 1
            ? throw new ArgumentOutOfRangeException(
                nameof(jobs), jobs, "The concurrency of a queue must be 1 or more; give null for no limit, or pause the queue.")
            : WriteAsync(() => _limits.SetConcurrencyAsync(jobs), cancellationToken);

    public Task<bool> IsAtConcurrencyAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(_ => _limits.IsAtConcurrencyAsync(), cancellationToken);

    public Task<RateLimit?> GetRateLimitAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(_ => _limits.GetRateLimitAsync(), cancellationToken);

    public Task SetRateLimitAsync(RateLimit? limit, CancellationToken cancellationToken = default) =>
        RateLimitRules.Refusal(limit) is { } refusal
            ? throw new ArgumentException(refusal, nameof(limit))
            : WriteAsync(() => _limits.SetRateLimitAsync(limit), cancellationToken);

    public Task<TimeSpan> GetHoldAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(_ => _limits.GetHoldAsync(), cancellationToken);

    public Task HoldAsync(TimeSpan time, CancellationToken cancellationToken = default) =>
        RateLimitRules.HoldRefusal(time) is { } refusal
            ? throw new ArgumentOutOfRangeException(nameof(time), time, refusal)
            : WriteAsync(() => _limits.HoldAsync(time), cancellationToken);

    public Task ReleaseAsync(CancellationToken cancellationToken = default) =>
        WriteAsync(_limits.ReleaseAsync, cancellationToken);

    private Task WriteAsync(Func<Task> write, CancellationToken cancellationToken) =>
        _calls.RunAsync(
            async _ =>
            {
                await meta.EnsureAsync(cancellationToken).ConfigureAwait(false);
                await write().ConfigureAwait(false);
            },
            cancellationToken);
}
