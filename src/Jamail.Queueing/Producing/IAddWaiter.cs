namespace Jamail.Queueing;

/// <summary>Waits for the answers of one or many adds. Only the first answer for an index counts.</summary>
internal interface IAddWaiter
{
    /// <summary>Nobody waits for this one any more: if it was not sent, it is not to be sent.</summary>
    bool IsAbandoned(int index);

    void Added(int index, JobId id);

    void Refused(int index, JobQueueException error);
}
