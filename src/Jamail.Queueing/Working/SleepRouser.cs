using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Makes the call that sleeps in Redis look for jobs now, and so end.</summary>
/// <param name="context">The worker's.</param>
/// <param name="dispatcher">Whose call it is.</param>
/// <param name="wire">The connection on which it sleeps.</param>
internal sealed class SleepRouser(WorkerContext context, Dispatcher dispatcher, Func<WireConnection?> wire)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    public void Rouse() => _ = RouseAsync();

    private async Task RouseAsync()
    {
        var sleeping = wire();
        var began = context.Clock.GetTimestamp();
        try
        {
            while (dispatcher.IsAsleep && context.Clock.GetElapsedTime(began) < Patience)
            {
                if (await TryAsync(sleeping).ConfigureAwait(false))
                {
                    return;
                }

                // Redis has not read the command yet, or has already woken.
                await Task.Delay(BetweenTries, context.Clock).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            context.Logger.MarkerWaitFailed(exception, context.Queue.Value);
        }

        if (dispatcher.IsAsleep)
        {
            // What it may have taken is then looked for, as after any call whose reply was lost.
            sleeping?.Dispose();
        }
        else
        {
            dispatcher.RousedLate();
        }
    }

    private async Task<bool> TryAsync(WireConnection? sleeping)
    {
        if (sleeping?.Id is not { } id)
        {
            // A server that does not name its connections: the marker wakes this worker, or another one.
            return await context.Connections.Database.SortedSetAddAsync(context.Keys.Marker, "0", 0).ConfigureAwait(false);
        }

        var unblock = WireTextCall.Of("CLIENT", "UNBLOCK", id.ToString(CultureInfo.InvariantCulture));
        var quick = await context.Connections.Wires.OfAsync(context.Keys.Marker).ConfigureAwait(false);
        quick.Send(unblock);
        var reply = await unblock.Task.WaitAsync(Patience, context.Clock).ConfigureAwait(false);
        unblock.Command.Release();
        return reply == "1";
    }
}
