namespace Jamail.Mail;

/// <summary>A claim while its mail is being sent.</summary>
internal sealed class LiveClaim : IDisposable
{
    private readonly TimeSpan _safe;
    private readonly TimeProvider _clock;
    private readonly Action<LiveClaim> _release;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _ended;
    private long _renewedAt;

    public LiveClaim(string id, TimeSpan safe, TimeProvider clock, Action<LiveClaim> release, CancellationToken cancellationToken)
    {
        Id = id;
        _safe = safe;
        _clock = clock;
        _release = release;
        _renewedAt = clock.GetTimestamp();
        _timer = new CancellationTokenSource(safe, clock);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    public string Id { get; }

    /// <summary>Whether the claim surely still holds.</summary>
    public bool IsHeld => _clock.GetElapsedTime(Volatile.Read(ref _renewedAt)) < _safe;

    /// <summary>Fires when the claim is nearly over, or the job is to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <param name="asked">When the renewal was asked for.</param>
    public void Renew(long asked)
    {
        Volatile.Write(ref _renewedAt, asked);
        var left = _safe - _clock.GetElapsedTime(asked);
        if (left > TimeSpan.Zero)
        {
            _timer.CancelAfter(left);
        }
    }

    public void Dispose()
    {
        _release(this);
        _ended.Dispose();
        _timer.Dispose();
    }
}
