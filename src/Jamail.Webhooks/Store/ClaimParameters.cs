namespace Jamail.Webhooks;

/// <summary>What <c>claim_delivery</c> takes.</summary>
internal sealed record ClaimParameters(string Id, int Attempts, string Token, long Until);
