namespace Jamail.Queueing;

/// <summary>The children of a job that was made in a test.</summary>
internal sealed class NoChildren : IJobChildren
{
    public static NoChildren Instance { get; } = new();

    public Task<ChildCounts> CountAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChildCounts(0, 0, 0, 0));

    public Task<IReadOnlyDictionary<JobKey, TValue?>> GetValuesAsync<TValue>(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<JobKey, TValue?>>(new Dictionary<JobKey, TValue?>());

    public Task<IReadOnlyDictionary<JobKey, string>> GetIgnoredAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<JobKey, string>>(new Dictionary<JobKey, string>());

    public Task<IReadOnlyList<JobKey>> GetFailedAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<JobKey>>([]);

    public Task<Page<ChildJob>> GetPageAsync(
        ChildState state, string? cursor = null, int pageSize = 100, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Page<ChildJob>([], null));

    public Task<bool> DetachAsync(JobKey child, CancellationToken cancellationToken = default) => Task.FromResult(false);

    public Task RemoveUnfinishedAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
