namespace Jamail.Shared;

/// <summary>What a queue's own keys tell about its past.</summary>
internal interface IQueueMemory
{
    /// <summary>The queue's epoch, made when there is none: another one means that Redis lost its memory.</summary>
    Task<string> GetEpochAsync(CancellationToken cancellationToken);

    /// <summary>Jobs that finished, in order, after a position in the event stream.</summary>
    /// <param name="after">A position read before; null from the beginning.</param>
    /// <param name="limit">Most entries looked at.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<FinishedJobs> ReadFinishedAsync(string? after, int limit, CancellationToken cancellationToken);
}
