using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>A row that wants a job, or has one. Its other members are the package's.</summary>
internal abstract class OutboxRow
{
    public string Id { get; set; } = "";

    /// <summary>Counts the jobs that were made for the row; part of the id of all but the first.</summary>
    public int JobSeq { get; set; } = 1;

    /// <summary>The id of the row's job where a producer chose it; null where it is made of the row's id.</summary>
    public string? JobKey { get; set; }

    /// <summary>A worker of ours took the row: what it did with it is not known from the queue.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Until when, Unix ms, nobody else adds the row's job; not stored with the row.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>The trace of who stored the row, or of the call that adds its job itself; null for none.</summary>
    public string? TraceParent { get; set; }

    public string? TraceState { get; set; }

    /// <param name="prefix">The package's: <c>mail</c>, <c>whd</c>.</param>
    public JobId JobId(string prefix) =>
        JobKey is not null ? Queueing.JobId.Parse(JobKey)
        : Queueing.JobId.Choose(JobSeq == 1 ? $"{prefix}-{Id}" : $"{prefix}-{Id}-{JobSeq}");
}
