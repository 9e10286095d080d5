namespace Jamail.Webhooks;

/// <summary>An event that was published before.</summary>
internal sealed class EventRow
{
    public string Id { get; set; } = "";

    public string EventType { get; set; } = "";

    public byte[] BodySha256 { get; set; } = [];

    public long Deliveries { get; set; }
}
