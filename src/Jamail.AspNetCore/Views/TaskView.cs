using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record TaskView(string? Id, string WebhookId, string Kind, int Total, int Done, bool IsDone, DateTimeOffset CreatedAt)
{
    public static TaskView Of(WebhookTask task) =>
        new(task.Id, task.WebhookId, task.Kind, task.Total, task.Done, task.IsDone, task.CreatedAt);
}
