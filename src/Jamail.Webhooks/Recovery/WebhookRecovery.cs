using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookRecovery"/>
internal sealed class WebhookRecovery(
    Database database,
    Statements statements,
    EndpointStore endpoints,
    TaskPages pages,
    TaskWakeup wakeup,
    IOptions<WebhooksOptions> options,
    TimeProvider clock) : IWebhookRecovery
{
    private static readonly DeliveryStatus[] Recoverable = [DeliveryStatus.Exhausted, DeliveryStatus.Skipped, DeliveryStatus.Cancelled];

    public Task<WebhookTask?> TryRecoverAsync(
        string webhookId, WebhookRecoveryRequest request, string tenant, CancellationToken cancellationToken) =>
        TryBeginAsync(TaskRow.Recover, webhookId, request, tenant, cancellationToken);

    public Task<WebhookTask?> TryReplayMissingAsync(
        string webhookId, WebhookRecoveryRequest request, string tenant, CancellationToken cancellationToken) =>
        TryBeginAsync(TaskRow.ReplayMissing, webhookId, request, tenant, cancellationToken);

    public async Task<WebhookTask?> TryGetTaskAsync(string id, string tenant, CancellationToken cancellationToken) =>
        RowId.TryParse(id) is not { } taskId
            ? null
            : (await database.ReadAsync(
                (connection, token) => statements.FirstAsync<TaskRow>(connection, WebhookSql.FindTask, new { id = taskId, tenant }, token),
                cancellationToken).ConfigureAwait(false))?.ToTask();

    private async Task<WebhookTask?> TryBeginAsync(
        int kind, string webhookId, WebhookRecoveryRequest request, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await endpoints.FindLivingAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } endpoint)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var problems = new List<InputProblem>();
        var filter = EventFilter.Of(request.EventTypes, problems);
        Check(request, now, problems);
        if (endpoint.Status != (int)WebhookEndpointStatus.Active && !request.DryRun)
        {
            problems.Add(new InputProblem("id", "The endpoint is not enabled, so nothing would be sent.", "Enable it first, or ask for a dry run."));
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        var task = new TaskRow
        {
            TenantId = tenant,
            WebhookId = endpoint.Id,
            Kind = kind,
            Args = new TaskArguments
            {
                Since = request.Since.ToUnixTimeMilliseconds(),
                Until = request.Until?.ToUnixTimeMilliseconds() ?? now.ToUnixTimeMilliseconds() + 1,
                EventTypes = filter.ToColumn(),
                Statuses = [.. (request.Statuses ?? Recoverable[..2]).Select(status => (int)status)],
                MaxPerSecond = request.MaxPerSecond,
            }.ToColumn(),
            CursorAt = request.Since.ToUnixTimeMilliseconds() - 1,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            DueAt = now.ToUnixTimeMilliseconds(),
        };
        task.Total = await pages.CountAsync(task, endpoint, cancellationToken).ConfigureAwait(false);
        if (!request.DryRun)
        {
            task.Id = Ids.New(clock);
            await database.WriteAsync(
                (transaction, token) => statements.ExecuteAsync(transaction, WebhookSql.InsertTask, Parameters(task), token), cancellationToken)
                .ConfigureAwait(false);
            wakeup.Signal();
        }

        return task.ToTask();
    }

    private void Check(WebhookRecoveryRequest request, DateTimeOffset now, List<InputProblem> problems)
    {
        var oldest = now - options.Value.KeepDeliveries;
        if (request.Since < oldest)
        {
            problems.Add(new InputProblem("since", $"It lies before {oldest:u}, from when on deliveries are kept.", "Give a later time."));
        }

        if (request.Until < request.Since)
        {
            problems.Add(new InputProblem("until", "It lies before 'since'.", "Give a later time, or leave it out."));
        }

        if (request.Statuses?.Any(status => !Recoverable.Contains(status)) == true || request.Statuses is { Count: 0 })
        {
            problems.Add(new InputProblem("statuses", "It is empty or holds what cannot be recovered.", "Give exhausted, skipped or cancelled."));
        }

        if (request.MaxPerSecond is < 1 or > 10_000)
        {
            problems.Add(new InputProblem("maxPerSecond", $"It is {request.MaxPerSecond} and must be 1 to 10,000.", "Leave it out for no limit."));
        }
    }

    private static object Parameters(TaskRow task) => new
    {
        id = task.Id,
        tenant = task.TenantId,
        webhookId = task.WebhookId,
        kind = task.Kind,
        args = task.Args,
        total = task.Total,
        cursorAt = task.CursorAt,
        cursorId = task.CursorId,
        dueAt = task.DueAt,
        now = task.CreatedAt,
    };
}
