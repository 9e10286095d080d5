namespace Jamail.Webhooks;

/// <summary>What <c>settle_delivery</c> takes.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Seq">Of the job that ended; null for the present one.</param>
/// <param name="Status">What it ended as.</param>
/// <param name="At">When.</param>
internal sealed record SettleParameters(string Id, int? Seq, int Status, long At);
