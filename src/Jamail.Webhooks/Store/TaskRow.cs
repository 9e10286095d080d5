namespace Jamail.Webhooks;

/// <summary>A row of webhook_task.</summary>
internal sealed class TaskRow
{
    public const int Recover = 1;
    public const int ReplayMissing = 2;

    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string WebhookId { get; set; } = "";

    public int Kind { get; set; }

    public string Args { get; set; } = "";

    public int Status { get; set; }

    public int Total { get; set; }

    public int Done { get; set; }

    public long CursorAt { get; set; }

    public string CursorId { get; set; } = "";

    public long DueAt { get; set; }

    public long CreatedAt { get; set; }

    public WebhookTask ToTask() => new()
    {
        Id = Id.Length == 0 ? null : Id,
        WebhookId = WebhookId,
        Kind = Kind == Recover ? "recover" : "replay-missing",
        Total = Total,
        Done = Done,
        IsDone = Status == 1,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}
