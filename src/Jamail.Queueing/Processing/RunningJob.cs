using System.Diagnostics.CodeAnalysis;

namespace Jamail.Queueing;

/// <summary>A job taken by this worker, from the reply that brought it until its outcome is settled.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer and wait handle holds nothing to release.")]
internal sealed class RunningJob : IThreadPoolWorkItem, IJobLink
{
    private readonly JobRunner _runner;
    private readonly CancellationTokenSource _stop = new();
    private long _heldUntil;
    private int _stopReason;

    /// <param name="runner">Runs it.</param>
    /// <param name="stored">As it was fetched.</param>
    /// <param name="token">In its lock.</param>
    /// <param name="heldUntil">On the monotonic clock: until when the lock surely holds.</param>
    public RunningJob(JobRunner runner, StoredJob stored, string token, long heldUntil)
    {
        _runner = runner;
        Stored = stored;
        Token = token;
        _heldUntil = heldUntil;
    }

    public StoredJob Stored { get; }

    public string Token { get; }

    public JobRunOptions Options { get; set; }

    /// <summary>Where <see cref="JobSlots"/> keeps it.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Its processor has returned; a refused renewal means nothing any more.</summary>
    public bool HasOutcome { get; set; }

    public long HeldUntil
    {
        get => Volatile.Read(ref _heldUntil);
        set => Volatile.Write(ref _heldUntil, value);
    }

    public CancellationToken Stopping => _stop.Token;

    public StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>Set before <see cref="StopReason"/> says so.</summary>
    public Cancellation? Cancellation { get; private set; }

    public string? CancelReason => StopReason == StopReason.Cancelled ? Cancellation?.Reason : null;

    public bool HoldsLock =>
        StopReason is not (StopReason.LockLost or StopReason.LockNearlyLost) && _runner.IsBefore(HeldUntil);

    public JobKey? Parent => _runner.Family.ParentOf(Stored);

    public IJobChildren Children => _runner.Family.ChildrenOf(Stored.Id);

    /// <summary>Tells the processor to return.</summary>
    /// <returns>False when it was told before.</returns>
    public bool TryStop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
        {
            return false;
        }

        // Callbacks of the processor run on the pool, never on the timer that found the lock late.
        ThreadPool.UnsafeQueueUserWorkItem(static job => job._stop.Cancel(), this, preferLocal: false);
        return true;
    }

    /// <summary>Tells the processor that somebody cancelled the job.</summary>
    /// <returns>False when it was told to return before.</returns>
    public bool TryCancel(Cancellation cancellation)
    {
        Cancellation = cancellation;
        return TryStop(StopReason.Cancelled);
    }

    public Job<TPayload> Present<TPayload>(TPayload payload) => new()
    {
        Id = JobId.Parse(Stored.Id),
        Name = Stored.Name ?? "",
        Queue = _runner.Queue,
        Payload = payload,
        Attempt = Stored.AttemptsMade + 1,
        Attempts = Math.Max(1, Options.Attempts),
        AttemptsStarted = Stored.AttemptsStarted,
        AddedAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Stored.Timestamp, 0, 253_402_300_799_999)),
        Priority = Stored.Priority,
        Link = this,
    };

    public Task ReportProgressAsync<TProgress>(TProgress progress, CancellationToken cancellationToken) =>
        _runner.ReportProgressAsync(Stored.Id, JobPayloadJson.Encode(progress), cancellationToken);

    public Task LogAsync(string row, CancellationToken cancellationToken) =>
        _runner.LogAsync(Stored.Id, row, Options.KeepLogs, cancellationToken);

    void IThreadPoolWorkItem.Execute() => _ = _runner.RunAsync(this);
}
