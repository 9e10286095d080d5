namespace Jamail.Queueing;

/// <summary>What a further job does to a delayed one with the same <see cref="Deduplication.Id"/>.</summary>
public enum DuplicateEffect
{
    /// <summary>Nothing; the delayed job stays as it is.</summary>
    None,

    /// <summary>It takes the delayed job's place, with its own payload and delay.</summary>
    Replace,

    /// <summary>The delayed job stays, with the further job's delay from now. Clients before BullMQ 6 do not know this.</summary>
    Reschedule,
}
