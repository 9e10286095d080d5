namespace Jamail.Queueing;

/// <summary>What a running job needs of its worker.</summary>
internal interface IJobLink
{
    bool HoldsLock { get; }

    string? CancelReason { get; }

    JobKey? Parent { get; }

    IJobChildren Children { get; }

    Task ReportProgressAsync<TProgress>(TProgress progress, CancellationToken cancellationToken);

    Task LogAsync(string row, CancellationToken cancellationToken);
}
