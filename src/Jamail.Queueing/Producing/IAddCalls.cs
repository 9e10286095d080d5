namespace Jamail.Queueing;

/// <summary>Sends the addJobs calls of one queue.</summary>
internal interface IAddCalls
{
    /// <summary>False while the next call must go alone, because it prepares what the following ones rely on.</summary>
    bool IsPrepared { get; }

    /// <summary>Why a job cannot be part of a call, once prepared; null when it can. One such job would spoil the call for all others.</summary>
    JobQueueException? RefusalOf(JobToAdd job);

    /// <summary>What a call that goes alone needs first: nothing of the call itself is sent.</summary>
    Task PrepareAsync();

    /// <summary>
    /// Sends one call. Unless <paramref name="isAlone"/>, it has left this process when the task is returned, so that calls
    /// stay in order.
    /// </summary>
    Task<AddReply[]> SendAsync(IReadOnlyList<JobToAdd> jobs, bool isAlone);

    /// <summary>Replaces a connection that does not answer.</summary>
    Task GiveUpConnectionAsync();
}
