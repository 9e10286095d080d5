namespace Jamail.Shared;

internal enum OutboxFindingKind
{
    /// <summary>Another worker completed the job.</summary>
    Completed,

    /// <summary>The job failed for good.</summary>
    Failed,

    /// <summary>The job is gone without a trace, and somebody may have done its work.</summary>
    Unknown,

    /// <summary>The job is gone and nobody can have done its work: another one is to be added, under a new id.</summary>
    Lost,
}
