namespace Jamail.Queueing;

/// <summary>
/// Sleeps on the queue's marker, on a connection of its own, while the worker has nothing to do. The call that takes jobs is sent
/// right behind the command that sleeps, so Redis takes them the moment there are some, without another round trip.
/// </summary>
internal sealed class MarkerWait : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockLasts = TimeSpan.FromMinutes(1);

    private readonly WorkerContext _context;
    private readonly Dispatcher _dispatcher;
    private readonly string _clientName;
    private readonly FinishJobs _finishJobs;
    private readonly SleepRouser _rouser;
    private WireConnection? _wire;
    private ServerClock _clock;
    private long _clockReadAt;
    private Task _asleep = Task.CompletedTask;
    private volatile bool _isDisposed;

    /// <param name="context">The worker's.</param>
    /// <param name="dispatcher">Is told.</param>
    /// <param name="clientName">The connection's name, by which Node's tools find the worker.</param>
    public MarkerWait(WorkerContext context, Dispatcher dispatcher, string clientName)
    {
        _context = context;
        _dispatcher = dispatcher;
        _clientName = clientName;
        _finishJobs = new FinishJobs(context.Scripts, context.Keys);
        _rouser = new SleepRouser(context, dispatcher, () => _wire);
        dispatcher.Rouse = _rouser.Rouse;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                // Also while there is work: whoever lists the workers finds this one.
                var wire = await ConnectedAsync(stopping).ConfigureAwait(false);
                await _dispatcher.WhenIdleAsync(stopping).ConfigureAwait(false);
                await SleepAsync(wire, stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (RedisFaults.Of(exception) is RedisFault.Refused)
                {
                    _context.Logger.MarkerWaitFailed(exception, _context.Queue.Value);
                }

                await Task.Delay(FaultPause, _context.Clock, stopping).ConfigureAwait(false);
                _dispatcher.Wake();
            }
        }
    }

    /// <summary>Waits a moment for the sleeping call, which the stopping dispatcher has roused, and ends the connection.</summary>
    public async Task EndAsync()
    {
        await _asleep.WaitAsync(EndPatience, _context.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
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
            _wire = wire = await _context.Connections.Wires
                .OpenAsync(_context.Keys.Marker, _clientName, stopping)
                .ConfigureAwait(false);
            _clockReadAt = 0;
            if (_isDisposed)
            {
                wire.Dispose();
            }
        }

        if (_clockReadAt == 0 || _context.Clock.GetElapsedTime(_clockReadAt) > ClockLasts)
        {
            _clock = await ServerClock.ReadAsync(wire, _context.Clock)
                .WaitAsync(Watchdog, _context.Clock, stopping).ConfigureAwait(false);
            _clockReadAt = _context.Clock.GetTimestamp();
        }

        return wire;
    }

    private async Task SleepAsync(WireConnection wire, CancellationToken stopping)
    {
        var pop = MarkerPop.Of(_context.Keys.Marker, _context.Options.IdleWait);
        if (_dispatcher.Sleep(turn => FetchAsync(wire, pop, turn)) is not { } asleep)
        {
            return;
        }

        _asleep = asleep;
        try
        {
            var due = await pop.Task
                .WaitAsync(_context.Options.IdleWait + Watchdog, _context.Clock, stopping)
                .ConfigureAwait(false);
            if (due >= _context.NowMs + 1)
            {
                _dispatcher.WakeAt((long)Math.Ceiling(due.Value));
            }

            await asleep.WaitAsync(_context.Options.LockDuration, _context.Clock, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _context.Logger.BlockingConnectionReplaced(_context.Queue.Value);
            wire.Dispose();
        }
    }

    private async Task<FinishReply> FetchAsync(WireConnection wire, MarkerPop pop, Turn turn)
    {
        wire.Send(pop);
        FinishReply reply;
        try
        {
            reply = await _finishJobs
                .FetchBehindAsync(wire, turn.Fetch, _clock.AheadMs, _dispatcher.TermsOf(turn))
                .ConfigureAwait(false);
        }
        catch (WireLostException exception) when (pop.IsUnblocked)
        {
            throw new WireLostException(isSent: false, exception);
        }

        // Not when it was sent: it has slept. The locks are as old as what Redis said of the time.
        var age = Math.Max(0, _context.NowMs - reply.TakenAtMs) + _clock.MarginMs;
        turn.SentAt = _context.Clock.GetTimestamp() - _context.Ticks(TimeSpan.FromMilliseconds(age));
        return reply;
    }
}
