namespace Jamail.Queueing;

/// <summary>The children of one job. Results stay with the parent after the children are gone.</summary>
public interface IJobChildren
{
    /// <summary>Counts them by state.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The counts, taken at one moment; all zero for a job without children.</returns>
    Task<ChildCounts> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the results of all completed children.</summary>
    /// <typeparam name="TValue">What the children returned; <see cref="System.Text.Json.JsonElement"/> for any JSON.</typeparam>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The results; a <c>null</c> result is the type's default.</returns>
    /// <exception cref="System.Text.Json.JsonException">A result is no <typeparamref name="TValue"/>.</exception>
    Task<IReadOnlyDictionary<JobKey, TValue?>> GetValuesAsync<TValue>(CancellationToken cancellationToken = default);

    /// <summary>Reads the children whose failure does not count.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Why each of them failed.</returns>
    Task<IReadOnlyDictionary<JobKey, string>> GetIgnoredAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the children whose failure fails the job.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The children, in the order they failed.</returns>
    Task<IReadOnlyList<JobKey>> GetFailedAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads children in one state, a page at a time. Children that change state meanwhile may be missed or seen twice.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 1000; a page may be somewhat larger or smaller.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentException">The cursor is none that this list gave.</exception>
    Task<Page<ChildJob>> GetPageAsync(
        ChildState state, string? cursor = null, int pageSize = 100, CancellationToken cancellationToken = default);

    /// <summary>Cuts the tie between the job and a child: the job no longer waits for it, and it runs on by itself.</summary>
    /// <param name="child">The child.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when it was no unfinished child of the job.</returns>
    /// <exception cref="JobQueueException">The child or the job does not exist.</exception>
    Task<bool> DetachAsync(JobKey child, CancellationToken cancellationToken = default);

    /// <summary>Removes the unfinished children and theirs. Those being processed and failed ones stay.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When they are gone.</returns>
    Task RemoveUnfinishedAsync(CancellationToken cancellationToken = default);
}
