namespace Jamail.Queueing;

/// <summary>What finishJobs answered for one outcome.</summary>
/// <param name="Code">Zero: settled. Below zero: the refusal of the named script.</param>
/// <param name="LimitedMs">Returned only: how long the queue's rate limit still lasts.</param>
/// <param name="Fault">The text of a script error; null when there was none.</param>
internal readonly record struct SettleReply(int Code, long LimitedMs, string? Fault);
