namespace Jamail.Queueing;

/// <summary>How far the clock of this process is ahead of that of a Redis.</summary>
/// <param name="AheadMs">Milliseconds; below zero when it is behind.</param>
/// <param name="MarginMs">By how much that may be wrong: the time it took to ask.</param>
internal readonly record struct ServerClock(long AheadMs, long MarginMs)
{
    /// <exception cref="WireErrorException">Redis does not say.</exception>
    public static async Task<ServerClock> ReadAsync(WireConnection wire, TimeProvider clock)
    {
        var command = new WireCommand(32);
        command.Add("TIME");
        var call = new Time { Command = command };
        var before = clock.GetUtcNow().ToUnixTimeMilliseconds();
        wire.Send(call);
        var serverMs = await call.Task.ConfigureAwait(false);
        var after = clock.GetUtcNow().ToUnixTimeMilliseconds();
        command.Release();
        return new(((before + after) / 2) - serverMs, after - before + 1);
    }

    private sealed class Time : WireCall<long>
    {
        protected override long Read(ref WireReader reader)
        {
            reader.Array();
            var seconds = reader.Number();
            return (seconds * 1000) + (reader.Number() / 1000);
        }
    }
}
