using System.Data.Common;
using System.Text;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>The pages of a task: what is to be begun anew, and doing it.</summary>
internal sealed class TaskPages(
    Database database, Statements statements, EventStore events, LaneStore lanes, CommitSignal signal, TimeProvider clock)
{
    /// <summary>Counts what a task would do.</summary>
    public async Task<int> CountAsync(TaskRow task, EndpointRow endpoint, CancellationToken cancellationToken)
    {
        var (total, after) = (0, task);
        while (true)
        {
            var page = await database.ReadAsync(
                (connection, token) => statements.QueryAsync<MissedRow>(
                    connection, Statement(task), Parameters(after, OutboxSettings.PageSize), token),
                cancellationToken).ConfigureAwait(false);
            total += page.Count(row => IsWanted(row, task, endpoint));
            if (page.Count < OutboxSettings.PageSize)
            {
                return total;
            }

            after = new TaskRow
            {
                TenantId = task.TenantId,
                WebhookId = task.WebhookId,
                Kind = task.Kind,
                Args = task.Args,
                CursorAt = page[^1].CreatedAt,
                CursorId = page[^1].Id,
            };
        }
    }

    /// <summary>Does the next page, and moves the task on in the same transaction.</summary>
    /// <exception cref="TaskTakenException">Another host does it.</exception>
    public async Task<TaskRow> DoNextAsync(
        TaskRow task, EndpointRow endpoint, int size, long dueAt, CancellationToken cancellationToken)
    {
        var moved = new HashSet<string>(StringComparer.Ordinal);
        var done = await database.WriteAsync(
            async (transaction, token) =>
            {
                moved.Clear();
                var page = await statements.QueryAsync<MissedRow>(transaction, Statement(task), Parameters(task, size), token)
                    .ConfigureAwait(false);
                var wanted = page.Where(row => IsWanted(row, task, endpoint)).ToList();
                foreach (var row in wanted)
                {
                    await BeginAsync(transaction, row, task, endpoint, token).ConfigureAwait(false);
                    _ = row.Lane is { } lane && moved.Add(lane);
                }

                var next = new TaskRow
                {
                    Id = task.Id,
                    TenantId = task.TenantId,
                    WebhookId = task.WebhookId,
                    Kind = task.Kind,
                    Args = task.Args,
                    Status = page.Count < size ? 1 : 0,
                    Total = task.Total,
                    Done = task.Done + wanted.Count,
                    CursorAt = page.Count == 0 ? task.CursorAt : page[^1].CreatedAt,
                    CursorId = page.Count == 0 ? task.CursorId : page[^1].Id,
                    DueAt = dueAt,
                    CreatedAt = task.CreatedAt,
                };
                var parameters = new
                {
                    id = task.Id, was = task.DueAt, status = next.Status, done = next.Done, cursorAt = next.CursorAt,
                    cursorId = next.CursorId, dueAt, now = clock.UnixMs(),
                };
                if (await statements.ExecuteAsync(transaction, WebhookSql.MoveTask, parameters, token).ConfigureAwait(false) == 0)
                {
                    throw new TaskTakenException();
                }

                await signal.AnnounceAsync(transaction, token).ConfigureAwait(false);
                return next;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var lane in moved)
        {
            await lanes.AdvanceAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        return done;
    }

    private async Task BeginAsync(
        DbTransaction transaction, MissedRow row, TaskRow task, EndpointRow endpoint, CancellationToken cancellationToken)
    {
        if (task.Kind == TaskRow.Recover)
        {
            var parameters = new
            {
                id = row.Id, jobState = row.Lane is null ? OutboxJobState.Wanted : OutboxJobState.None, now = clock.UnixMs(),
            };
            await statements.ExecuteAsync(transaction, WebhookSql.RecoverDelivery, parameters, cancellationToken).ConfigureAwait(false);
            return;
        }

        var published = EventToPublish.Of(
            row.Id, row.EventType, Encoding.UTF8.GetBytes(row.Body),
            new PublishOptions { Tenant = task.TenantId, OrderingKey = row.OrderingKey, Channels = TextList.Parse(row.Channels) });
        await events.InsertAsync(transaction, published, Subscriber(endpoint), isOwn: false, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsWanted(MissedRow row, TaskRow task, EndpointRow endpoint)
    {
        if (!EventFilter.Parse(TaskArguments.Parse(task.Args).EventTypes).Takes(row.EventType))
        {
            return false;
        }

        using var matcher = new EventMatcher(row.EventType, Encoding.UTF8.GetBytes(row.Body), TextList.Parse(row.Channels));
        return task.Kind == TaskRow.Recover || matcher.IsTakenBy(Subscriber(endpoint));
    }

    private static SubscriberRow Subscriber(EndpointRow endpoint) => new()
    {
        Id = endpoint.Id,
        Url = endpoint.Url,
        EventTypes = endpoint.EventTypes,
        Channels = endpoint.Channels,
        Filter = endpoint.Filter,
        Status = endpoint.Status,
        Ordering = endpoint.Ordering ?? 0,
        RetrySchedule = endpoint.RetrySchedule,
    };

    private static string Statement(TaskRow task) => task.Kind == TaskRow.Recover ? WebhookSql.ListMissed : WebhookSql.ListUnsent;

    private static object Parameters(TaskRow task, int limit)
    {
        var asked = TaskArguments.Parse(task.Args);
        return new
        {
            tenant = task.TenantId,
            webhookId = task.WebhookId,
            exhausted = asked.Statuses.Contains((int)DeliveryStatus.Exhausted) ? (int)DeliveryStatus.Exhausted : -1,
            skipped = asked.Statuses.Contains((int)DeliveryStatus.Skipped) ? (int)DeliveryStatus.Skipped : -1,
            cancelled = asked.Statuses.Contains((int)DeliveryStatus.Cancelled) ? (int)DeliveryStatus.Cancelled : -1,
            since = asked.Since,
            until = asked.Until,
            at = task.CursorAt,
            id = task.CursorId,
            limit,
        };
    }
}
