using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>A row that wants a job, or has one. Its other members are the package's.</summary>
internal abstract class OutboxRow
{
    public string Id { get; set; } = "";

    /// <summary>Counts the jobs that were made for the row; part of the id of all but the first.</summary>
    public int JobSeq { get; set; } = 1;

    /// <summary>A worker of ours took the row: what it did with it is not known from the queue.</summary>
    public bool IsClaimed { get; set; }

    /// <param name="prefix">The package's: <c>mail</c>, <c>whd</c>.</param>
    public JobId JobId(string prefix) =>
        Queueing.JobId.Choose(JobSeq == 1 ? $"{prefix}-{Id}" : $"{prefix}-{Id}-{JobSeq}");
}
