namespace Jamail.Queueing;

/// <summary>The reply of finishJobs.</summary>
/// <param name="Settled">One for each outcome, in order.</param>
/// <param name="Jobs">The jobs taken; each is active and locked under the call's token.</param>
/// <param name="LimitedMs">How long the rate limit still lasts; zero when it does not bind.</param>
/// <param name="NextDueMs">When the next delayed job is due, Unix ms; zero when none is known.</param>
/// <param name="FetchFault">The text of a script error that ended the taking; null when there was none.</param>
/// <param name="TakenAtMs">When the jobs were taken, by the clock of the caller; zero where it told the time itself.</param>
internal sealed record FinishReply(
    IReadOnlyList<SettleReply> Settled,
    IReadOnlyList<StoredJob> Jobs,
    long LimitedMs,
    long NextDueMs,
    string? FetchFault = null,
    long TakenAtMs = 0);
