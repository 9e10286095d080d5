using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Sleeps on the queue's marker, on a connection of its own, while the worker has nothing to do.</summary>
/// <param name="context">The worker's.</param>
/// <param name="dispatcher">Is told.</param>
/// <param name="clientName">The connection's name, by which Node's tools find the worker.</param>
internal sealed class MarkerWait(WorkerContext context, Dispatcher dispatcher, string clientName) : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100);

    private readonly string _timeout = context.Options.IdleWait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
    private WireConnection? _wire;
    private volatile bool _isDisposed;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                // Also while there is work: whoever lists the workers finds this one.
                var wire = await ConnectedAsync(stopping).ConfigureAwait(false);
                await dispatcher.WhenIdleAsync(stopping).ConfigureAwait(false);
                await SleepAsync(wire, stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (RedisFaults.Of(exception) is RedisFault.Refused)
                {
                    context.Logger.MarkerWaitFailed(exception, context.Queue.Value);
                }

                await Task.Delay(FaultPause, context.Clock, stopping).ConfigureAwait(false);
                dispatcher.Wake(fromMarker: false);
            }
        }
    }

    /// <summary>Ends the connection, and with it a wait that would take a marker for nobody.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _wire?.Dispose();
    }

    private async Task<WireConnection> ConnectedAsync(CancellationToken stopping)
    {
        if (_wire is not { IsAlive: true } wire)
        {
            _wire = wire = await context.Connections.Wires
                .OpenAsync(context.Keys.Marker, clientName, stopping)
                .ConfigureAwait(false);
            if (_isDisposed)
            {
                wire.Dispose();
            }
        }

        return wire;
    }

    private async Task SleepAsync(WireConnection wire, CancellationToken stopping)
    {
        var pop = Pop.Of((string)context.Keys.Marker!, _timeout);
        wire.Send(pop);
        double? dueMs;
        try
        {
            dueMs = await pop.Task
                .WaitAsync(context.Options.IdleWait + Watchdog, context.Clock, stopping)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            context.Logger.BlockingConnectionReplaced(context.Queue.Value);
            wire.Dispose();
            dispatcher.Wake(fromMarker: false);
            return;
        }

        context.Heartbeat.Beat();
        if (dueMs is not { } due)
        {
            dispatcher.Wake(fromMarker: false);
        }
        else if (due - context.NowMs < 1)
        {
            dispatcher.Wake(fromMarker: true);
        }
        else
        {
            dispatcher.WakeAt((long)Math.Ceiling(due));
        }
    }

    /// <summary>BZPOPMIN of one key; its reply is the score, or null when the time was up.</summary>
    private sealed class Pop : WireCall<double?>
    {
        public static Pop Of(string key, string timeout)
        {
            var command = new WireCommand(64);
            command.Add("BZPOPMIN");
            command.Add(key);
            command.Add(timeout);
            return new Pop { Command = command };
        }

        protected override double? Read(ref WireReader reader)
        {
            if (reader.Array() < 0)
            {
                return null;
            }

            reader.Text();
            reader.Text();
            return double.Parse(reader.Text()!, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
    }
}
