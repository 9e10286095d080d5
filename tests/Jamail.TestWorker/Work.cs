namespace Jamail.TestWorker;

/// <summary>What the jobs of the interop tests carry; node/client.mjs does the same with them.</summary>
/// <param name="Number">Goes into the result.</param>
/// <param name="FailTimes">So many attempts fail before one succeeds.</param>
/// <param name="Ms">How long an attempt takes.</param>
/// <param name="Hold">The attempt waits until the key of this name exists in Redis.</param>
public sealed record Work(int Number = 0, int FailTimes = 0, int Ms = 0, string? Hold = null);
