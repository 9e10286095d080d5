using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>
/// Spreads those who found no place over the time it takes until one is free, so that they neither come all at once nor
/// again and again.
/// </summary>
internal sealed class Pacing(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private double _averageMs = 20;
    private double _next;

    /// <summary>Somebody who held a place is done.</summary>
    public void Took(TimeSpan time)
    {
        lock (_gate)
        {
            _averageMs += (time.TotalMilliseconds - _averageMs) / 16;
        }
    }

    /// <param name="places">How many there are.</param>
    /// <returns>When to come again.</returns>
    public TimeSpan Next(int places)
    {
        lock (_gate)
        {
            double now = clock.UnixMs();
            _next = Math.Min(Math.Max(_next, now) + (_averageMs / places), now + Longest.TotalMilliseconds);
            var wait = TimeSpan.FromMilliseconds(_next - now);
            return wait > Shortest ? wait : Shortest;
        }
    }
}
