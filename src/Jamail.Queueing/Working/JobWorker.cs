using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Starts and stops the parts that work one queue.</summary>
internal sealed class JobWorker : IAsyncDisposable
{
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(500);

    private readonly WorkerContext _context;
    private readonly QueueMeta _meta;
    private readonly IServiceScopeFactory _scopes;
    private readonly JobSlots _slots = new();
    private readonly Dispatcher _dispatcher;
    private readonly LockRenewer _locks;
    private readonly CancelWatch _cancels;
    private readonly MarkerWait _marker;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborted = new();
    private Task _loops = Task.CompletedTask;

    public JobWorker(
        WorkerContext context,
        QueueMeta meta,
        ProcessorMap processors,
        ProcessPipeline pipeline,
        BackoffStrategies strategies,
        QueueingOptions defaults,
        IServiceScopeFactory scopes)
    {
        _context = context;
        _meta = meta;
        _scopes = scopes;
        var (rules, runner) = MakeRunner(context, processors, pipeline, strategies, defaults, scopes);
        _dispatcher = new Dispatcher(context, _slots, runner, rules, _aborted.Token);
        _locks = new LockRenewer(context, _slots);
        _cancels = new CancelWatch(context, _slots);
        _marker = new MarkerWait(
            context, _dispatcher, WorkerName.OfConnection(defaults.Prefix, context.Queue, context.Options.Name));
    }

    public QueueName Queue => _context.Queue;

    /// <summary>How much later than planned locks were last renewed.</summary>
    public TimeSpan RenewalLateness => _locks.LastLateness;

    /// <summary>How long Redis has not answered a fetch or a wait.</summary>
    public TimeSpan SilentFor => _context.Heartbeat.SilentFor;

    public TimeSpan IdleWait => _context.Options.IdleWait;

    /// <summary>It would take a job if there were one.</summary>
    public bool WantsJobs => !IsPaused && _slots.Count < _context.Options.Concurrency;

    public TimeSpan LockDuration => _context.Options.LockDuration;

    public bool IsPaused => _dispatcher.IsPaused;

    public Task PauseAsync(bool waitForRunning, CancellationToken cancellationToken)
    {
        _dispatcher.SetPaused(true);
        return waitForRunning ? _dispatcher.WhenDrainedAsync(cancellationToken) : Task.CompletedTask;
    }

    public void Resume() => _dispatcher.SetPaused(false);

    /// <summary>What runs and settles jobs of a queue, in a worker's hands or in those of who fetches them.</summary>
    public static (SettlementRules Rules, JobRunner Runner) MakeRunner(
        WorkerContext context,
        ProcessorMap processors,
        ProcessPipeline pipeline,
        BackoffStrategies strategies,
        QueueingOptions defaults,
        IServiceScopeFactory scopes)
    {
        var options = context.Options;
        var rules = new SettlementRules(
            Retention.Of(options.RemoveOnComplete ?? defaults.RemoveOnComplete),
            Retention.Of(options.RemoveOnFail ?? defaults.RemoveOnFail),
            Random.Shared.NextDouble,
            options.MaxStartedAttempts,
            strategies);
        IDatabaseAsync Database() => context.Connections.Database;
        var runner = new JobRunner(
            context,
            processors,
            pipeline,
            rules,
            scopes,
            new SchedulerChain(new SchedulerSteps(context.Queue, new UpdateSchedulers(context.Scripts, context.Keys), context.Clock), context.Clock),
            new Limits(Database, context.Scripts, context.Keys),
            new JobFamily(context.Keys, context.Scripts, new RedisCalls(context.Queue, context.Connections, context.Clock)));
        return (rules, runner);
    }

    public void Start() => _loops = Task.WhenAll(
        Task.Run(BeginAsync),
        Task.Run(() => _locks.RunAsync(_aborted.Token)),
        Task.Run(() => _locks.WatchAsync(_aborted.Token)),
        Task.Run(() => _cancels.RunAsync(_aborted.Token)));

    /// <summary>
    /// Takes no more jobs, lets running ones go on for the drain, then tells them to return, and leaves only those that do
    /// not to the stalled check of others.
    /// </summary>
    /// <param name="hurry">The host's patience is at its end: running jobs are told to return now.</param>
    public async Task StopAsync(CancellationToken hurry)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _dispatcher.Stop();
        await _marker.EndAsync().ConfigureAwait(false);

        var isDrained = await WithinAsync(_context.Options.DrainTimeout, _dispatcher.WhenDrainedAsync, hurry).ConfigureAwait(false);
        if (!isDrained)
        {
            foreach (var job in _slots.All())
            {
                job.TryStop(StopReason.HostStops);
            }

            isDrained = await WithinAsync(_context.Options.DrainGrace, _dispatcher.WhenDrainedAsync, default).ConfigureAwait(false);
        }

        await WithinAsync(SettleTimeout, end => _dispatcher.WhenSettledAsync(someAreLeft: !isDrained, end), default).ConfigureAwait(false);
        if (_slots.Count is > 0 and var left)
        {
            _context.Logger.WorkerLeftJobs(Queue.Value, left);
        }

        await _aborted.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _context.Logger.WorkerStopped(Queue.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _aborted.CancelAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        _marker.Dispose();
        _dispatcher.Dispose();
    }

    private async Task BeginAsync()
    {
        var stopping = _stopping.Token;
        await PrepareQueueAsync(stopping).ConfigureAwait(false);
        _context.Logger.WorkerStarted(Queue.Value, _context.Options.Concurrency);
        _dispatcher.Release(look: true);
        await Task.WhenAll(
            new StalledSweeper(_context, () => _dispatcher.IsPaused).RunAsync(stopping),
            new SchedulerSweeper(_context).RunAsync(stopping),
            _marker.RunAsync(stopping)).ConfigureAwait(false);
    }

    // A Redis that has just come may go again, or still be loading: the worker waits, it does not give up.
    private async Task PrepareQueueAsync(CancellationToken stopping)
    {
        var said = "";
        while (true)
        {
            try
            {
                await _context.Connections.WaitUntilUpAsync(stopping).ConfigureAwait(false);
                await _meta.EnsureAsync(stopping).ConfigureAwait(false);
                await RunChecksAsync(stopping).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (exception.Message != said)
                {
                    said = exception.Message;
                    _context.Logger.WorkerNotReady(exception, Queue.Value, said);
                }

                await Task.Delay(RetryWait, _context.Clock, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task RunChecksAsync(CancellationToken stopping)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var check in _context.BeforeWork)
            {
                await check(scope.ServiceProvider, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> WithinAsync(TimeSpan time, Func<CancellationToken, Task> wait, CancellationToken hurry)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        using var timer = _context.Clock.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), end, time, Timeout.InfiniteTimeSpan);
        try
        {
            await wait(end.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
