using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>A delivery as its job needs it.</summary>
internal sealed class OutboxDelivery : OutboxRow
{
    public string WebhookId { get; set; } = "";

    public string EventType { get; set; } = "";

    /// <summary>Attempts of the present schedule that were made.</summary>
    public int Attempts { get; set; }

    /// <summary>1 when the job makes one attempt only.</summary>
    public int Resend { get; set; }

    public long? NextAttemptAt { get; set; }

    public long CreatedAt { get; set; }

    public string Body { get; set; } = "";

    /// <summary>Null when the endpoint never was in the database.</summary>
    public string? Url { get; set; }

    /// <summary>As the endpoint has it; null: the host's.</summary>
    public string? RetrySchedule { get; set; }

    /// <summary>The current secret, protected; null when the endpoint is deleted, or never was in the database.</summary>
    public byte[]? Key { get; set; }

    /// <summary>A deleted endpoint keeps its row for the history, and no secret.</summary>
    public bool IsOfDeleted => Url is not null && Key is null;
}
