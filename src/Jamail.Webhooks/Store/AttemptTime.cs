namespace Jamail.Webhooks;

/// <summary>How one attempt went.</summary>
internal sealed class AttemptTime
{
    public int Outcome { get; set; }

    public long DurationMs { get; set; }
}
