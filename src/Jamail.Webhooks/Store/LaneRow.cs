namespace Jamail.Webhooks;

/// <summary>A row of webhook_lane.</summary>
internal sealed class LaneRow
{
    public long LastSeq { get; set; }

    public string? BlockedBy { get; set; }
}
