namespace Jamail.Queueing;

/// <summary>When Redis last answered a worker's fetch or wait.</summary>
internal sealed class Heartbeat(TimeProvider clock)
{
    private long _at = clock.GetTimestamp();

    public TimeSpan SilentFor => clock.GetElapsedTime(Volatile.Read(ref _at));

    public void Beat() => Volatile.Write(ref _at, clock.GetTimestamp());
}
