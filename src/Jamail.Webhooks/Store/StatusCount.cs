namespace Jamail.Webhooks;

/// <summary>How many deliveries stand somewhere.</summary>
internal sealed class StatusCount
{
    public int Status { get; set; }

    public long Count { get; set; }

    public long? NextAttemptAt { get; set; }
}
