using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The job of a delivery that may have to wait.</summary>
/// <param name="Id">Its id in the queue.</param>
/// <param name="AddedAt">The older is called first.</param>
internal sealed record WaitingJob(JobId Id, DateTimeOffset AddedAt);
