namespace Jamail.Queueing;

/// <summary>The moments a dispatcher waits for: the end of a rate limit, and when the next delayed job is due. Guarded by its owner.</summary>
internal sealed class DispatchTimes
{
    private const long MaxWaitMs = 30_000;

    private long _limitedUntilMs;
    private long _dueAtMs;
    private bool _owesDueMarker;

    /// <summary>No jobs may be taken.</summary>
    public bool IsLimited => _limitedUntilMs != 0;

    /// <summary>No jobs are taken before this time.</summary>
    public void LimitUntil(long untilMs) => _limitedUntilMs = Math.Max(_limitedUntilMs, untilMs);

    /// <summary>What Redis says of its limit; it is asked again after a while, whatever it said.</summary>
    public void LimitFor(long limitedMs, long nowMs) => LimitUntil(nowMs + Math.Min(limitedMs, MaxWaitMs));

    /// <summary>A delayed job is due at this time.</summary>
    /// <param name="dueMs">Unix ms.</param>
    /// <param name="isOwed">The marker that said so was taken: nobody else knows it now.</param>
    public void NoteDue(long dueMs, bool isOwed)
    {
        _owesDueMarker |= isOwed;
        if (_dueAtMs == 0 || dueMs < _dueAtMs)
        {
            _dueAtMs = dueMs;
        }
    }

    /// <summary>Ends a limit that has run out. True: there was one.</summary>
    public bool TakeLimitEnd(long nowMs)
    {
        if (_limitedUntilMs == 0 || _limitedUntilMs > nowMs)
        {
            return false;
        }

        _limitedUntilMs = 0;
        return true;
    }

    /// <summary>Forgets a due time that has come. True: there was one.</summary>
    /// <param name="nowMs">Now.</param>
    /// <param name="isOwed">Nobody else knows it.</param>
    public bool TakeDue(long nowMs, out bool isOwed)
    {
        isOwed = false;
        if (_dueAtMs == 0 || _dueAtMs > nowMs)
        {
            return false;
        }

        isOwed = _owesDueMarker;
        _dueAtMs = 0;
        _owesDueMarker = false;
        return true;
    }

    /// <summary>How long until one of them comes; infinite when none is known.</summary>
    public TimeSpan UntilNext(long nowMs)
    {
        var next = (_dueAtMs, _limitedUntilMs) switch
        {
            (0, var limited) => limited,
            (var due, 0) => due,
            var (due, limited) => Math.Min(due, limited),
        };
        return next == 0
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Clamp(next - nowMs, 0, MaxWaitMs));
    }
}
