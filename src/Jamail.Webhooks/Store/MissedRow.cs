namespace Jamail.Webhooks;

/// <summary>A delivery to begin anew, or an event without one.</summary>
internal sealed class MissedRow
{
    public string Id { get; set; } = "";

    public long CreatedAt { get; set; }

    public string EventType { get; set; } = "";

    /// <summary>Of a delivery.</summary>
    public string? Lane { get; set; }

    /// <summary>Of an event, as all that follows.</summary>
    public string Body { get; set; } = "";

    public string? Channels { get; set; }

    public string? OrderingKey { get; set; }
}
