namespace Jamail.Queueing;

/// <summary>How far the clock of this process is ahead of that of a Redis.</summary>
/// <param name="AheadMs">Milliseconds, to the microsecond; below zero when it is behind.</param>
/// <param name="MarginMs">By how much that may be wrong: the time it took to ask.</param>
internal readonly record struct ServerClock(double AheadMs, long MarginMs)
{
    private const int Readings = 3;

    /// <summary>
    /// Asks a few times and keeps what took the shortest: a job that is taken by a clock that is a little ahead ends before it began, or is
    /// taken before it is due.
    /// </summary>
    /// <exception cref="WireErrorException">Redis does not say.</exception>
    public static async Task<ServerClock> ReadAsync(WireConnection wire, TimeProvider clock)
    {
        var best = await AskAsync(wire, clock).ConfigureAwait(false);
        for (var reading = 1; reading < Readings; reading++)
        {
            var next = await AskAsync(wire, clock).ConfigureAwait(false);
            best = next.TookUs < best.TookUs ? next : best;
        }

        return new(best.AheadUs / 1000.0, (best.TookUs / 1000) + 1);
    }

    private static async Task<(long AheadUs, long TookUs)> AskAsync(WireConnection wire, TimeProvider clock)
    {
        var command = new WireCommand(32);
        command.Add("TIME");
        var call = new Time { Command = command };
        var before = Microseconds(clock);
        wire.Send(call);
        var server = await call.Task.ConfigureAwait(false);
        var after = Microseconds(clock);
        command.Release();
        return (((before + after) / 2) - server, after - before);
    }

    private static long Microseconds(TimeProvider clock) =>
        (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private sealed class Time : WireCall<long>
    {
        protected override long Read(ref WireReader reader)
        {
            reader.Array();
            var seconds = reader.Number();
            return (seconds * 1_000_000) + reader.Number();
        }
    }
}
