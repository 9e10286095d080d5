using System.Diagnostics;

namespace Jamail.Webhooks;

/// <summary>The names under which webhooks measure and trace.</summary>
public static class WebhooksTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Jamail.Webhooks";

    /// <summary>The source of activities: publish, deliver and send.</summary>
    public const string ActivitySourceName = "Jamail.Webhooks";

    internal static readonly ActivitySource Source = new(ActivitySourceName);
}
