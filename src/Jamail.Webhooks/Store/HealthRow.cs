namespace Jamail.Webhooks;

/// <summary>How an endpoint does after a failure.</summary>
internal sealed class HealthRow
{
    public int Status { get; set; }

    public int ConsecutiveFailures { get; set; }

    public long FailingSince { get; set; }

    public int AlertStep { get; set; }
}
