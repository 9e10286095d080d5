using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Goes on with tasks, whoever began them. A task belongs to one host at a time, by a lease that each page renews.</summary>
internal sealed class TaskRunner(
    Database database,
    Statements statements,
    EndpointStore endpoints,
    TaskPages pages,
    TaskWakeup wakeup,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<TaskRunner> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastLease = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await LeaseAsync(stoppingToken).ConfigureAwait(false) is { } task)
                {
                    await RunAsync(task, stoppingToken).ConfigureAwait(false);
                }
                else
                {
                    await wakeup.WaitAsync(options.Value.SweepInterval, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (TaskTakenException)
            {
            }
            catch (Exception fault)
            {
                logger.UpkeepBlocked(Pause.TotalMilliseconds, fault is StoreUnavailableException ? fault.Message : fault.ToString());
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(TaskRow task, CancellationToken stopping)
    {
        var rate = TaskArguments.Parse(task.Args).MaxPerSecond;
        var size = Math.Min(PageSize, rate ?? PageSize);
        while (task.Status == 0)
        {
            var began = clock.GetTimestamp();
            if (await endpoints.FindLivingAsync(task.WebhookId, task.TenantId, stopping).ConfigureAwait(false) is not { } endpoint)
            {
                await GiveUpAsync(task, stopping).ConfigureAwait(false);
                return;
            }

            task = await pages.DoNextAsync(task, endpoint, size, LeaseUntil(), stopping).ConfigureAwait(false);
            if (rate is { } perSecond && task.Status == 0)
            {
                var wait = TimeSpan.FromSeconds((double)size / perSecond) - clock.GetElapsedTime(began);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, stopping).ConfigureAwait(false);
            }
        }

        logger.TaskDone(task.Id, task.WebhookId, task.Done);
    }

    private Task<TaskRow?> LeaseAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            (transaction, token) => statements.FirstAsync<TaskRow>(
                transaction, WebhookSql.LeaseTask, new { now = clock.UnixMs(), dueAt = LeaseUntil() }, token),
            cancellationToken);

    // Its endpoint was deleted.
    private Task<int> GiveUpAsync(TaskRow task, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            id = task.Id, was = task.DueAt, status = 1, done = task.Done, cursorAt = task.CursorAt, cursorId = task.CursorId,
            dueAt = task.DueAt, now = clock.UnixMs(),
        };
        return database.WriteAsync(
            (transaction, token) => statements.ExecuteAsync(transaction, WebhookSql.MoveTask, parameters, token), cancellationToken);
    }

    private long LeaseUntil()
    {
        var lease = options.Value.SweepInterval * 2;
        return clock.UnixMs() + (long)(lease > LeastLease ? lease : LeastLease).TotalMilliseconds;
    }
}
