using System.Globalization;

namespace Jamail.Webhooks;

/// <summary>What a delivery asks of its endpoint's gate.</summary>
/// <param name="Arguments">As the script takes them.</param>
internal sealed record GateCall(IReadOnlyList<string> Arguments)
{
    /// <param name="gate">What the endpoint and its tenant bear.</param>
    /// <param name="deliveryId">What wants to pass.</param>
    /// <param name="job">Its job.</param>
    /// <param name="hasRoom">Whether this host has a slot for the endpoint.</param>
    public static GateCall Enter(GateTerms gate, string deliveryId, WaitingJob job, bool hasRoom) => new(
    [
        "enter",
        gate.WebhookId,
        gate.Tenant,
        deliveryId,
        Ms(gate.Lease),
        Text(gate.MaxInFlight),
        Text(gate.RatePerSecond ?? 0),
        hasRoom ? "0" : "1",
        job.Id.Value,
        Text(job.AddedAt.ToUnixTimeMilliseconds()),
    ]);

    public static GateCall Leave(GatePass.Entered pass, bool? succeeded) => new(
    [
        "leave",
        pass.Gate.WebhookId,
        pass.Gate.Tenant,
        pass.DeliveryId,
        succeeded switch { null => "0", true => "1", false => "2" },
        pass.IsProbe ? "1" : "0",
    ]);

    public static string Ms(TimeSpan span) => Text((long)span.TotalMilliseconds);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
