using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Sleeps on the queue's marker, on a connection of its own, while the worker has nothing to do.</summary>
internal sealed class MarkerWait(WorkerContext context, Dispatcher dispatcher, RedisLink link)
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100);

    private readonly string _timeout = context.Options.IdleWait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await dispatcher.WhenIdleAsync(stopping).ConfigureAwait(false);
            try
            {
                await link.WaitUntilUpAsync(stopping).ConfigureAwait(false);
                await SleepAsync(stopping).ConfigureAwait(false);
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

    private async Task SleepAsync(CancellationToken stopping)
    {
        var pop = link.Database.ExecuteAsync("BZPOPMIN", context.Keys.Marker, _timeout);
        RedisResult reply;
        try
        {
            reply = await pop
                .WaitAsync(context.Options.IdleWait + Watchdog, context.Clock, stopping)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Observe(pop);
            context.Logger.BlockingConnectionReplaced(context.Queue.Value);
            await link.ReplaceAsync(stopping).ConfigureAwait(false);
            dispatcher.Wake(fromMarker: false);
            return;
        }
        catch (OperationCanceledException)
        {
            Observe(pop);
            throw;
        }

        if (reply.IsNull)
        {
            dispatcher.Wake(fromMarker: false);
            return;
        }

        var popped = (string[])reply!;
        var dueMs = double.Parse(popped[2], NumberStyles.Float, CultureInfo.InvariantCulture);
        if (dueMs - context.NowMs < 1)
        {
            dispatcher.Wake(fromMarker: true);
        }
        else
        {
            dispatcher.WakeAt((long)Math.Ceiling(dueMs));
        }
    }

    // A command given up may still end in an error that nobody else looks at.
    private static void Observe(Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
