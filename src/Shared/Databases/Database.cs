using System.Data.Common;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>
/// The database of one package. Nothing is answered before its schema is known to be right: until then every call ends in
/// <see cref="StoreUnavailableException"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    private volatile string? _id;

    public abstract SqlDialect Dialect { get; }

    /// <summary>What stands for <c>{t}</c> in SQL files.</summary>
    public abstract string TablePrefix { get; }

    /// <summary>A random text that the database got with its first table of the package.</summary>
    public string Id => _id ?? throw NotReached();

    /// <summary>The schema is right: calls are answered from now on.</summary>
    public void MarkReady(string id) => _id = id;

    /// <summary>Reads without a transaction.</summary>
    public Task<T> ReadAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunReadAsync(work, ThrowUnlessReady(cancellationToken));

    /// <summary>Writes in a transaction of its own, committed when the task completes.</summary>
    public Task<T> WriteAsync<T>(
        Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunWriteAsync(work, ThrowUnlessReady(cancellationToken));

    /// <summary>Writes in the caller's transaction when there is one, which the caller ends; else in one of its own.</summary>
    /// <exception cref="ArgumentException">The caller's transaction is not on this database.</exception>
    public Task<T> WriteAsync<T>(
        DbTransaction? callers,
        Func<DbTransaction, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        if (callers is null)
        {
            return WriteAsync(work, cancellationToken);
        }

        CheckCallers(callers);
        return work(callers, ThrowUnlessReady(cancellationToken));
    }

    /// <summary>
    /// Reads, and then one command that writes, which is committed when the task completes: on PostgreSQL without the round trips of a
    /// transaction, so there is none.
    /// </summary>
    public Task<T> WriteOnceAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunWriteOnceAsync(work, ThrowUnlessReady(cancellationToken));

    /// <summary>
    /// Reads by a statement that is run over and over, and whose plan is right whatever is in the tables: PostgreSQL makes it once on each
    /// connection. That it is must have a test.
    /// </summary>
    public Task<T> ReadOftenAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunReadOftenAsync(work, ThrowUnlessReady(cancellationToken));

    /// <summary>
    /// As <see cref="WriteOnceAsync{T}(Func{DbConnection, DbTransaction, CancellationToken, Task{T}}, CancellationToken)"/> for such a statement.
    /// </summary>
    public Task<T> WriteOftenAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunWriteOftenAsync(work, ThrowUnlessReady(cancellationToken));

    /// <summary>As <see cref="WriteAsync{T}(Func{DbTransaction, CancellationToken, Task{T}}, CancellationToken)"/>, before the schema is there.</summary>
    public abstract Task<T> RunWriteAsync<T>(
        Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<T> RunReadAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    protected abstract Task<T> RunWriteOnceAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    protected abstract Task<T> RunReadOftenAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    protected abstract Task<T> RunWriteOftenAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <exception cref="ArgumentException">Another provider or database; the message names both.</exception>
    protected abstract void CheckCallers(DbTransaction callers);

    private CancellationToken ThrowUnlessReady(CancellationToken cancellationToken) =>
        _id is null ? throw NotReached() : cancellationToken;

    private static StoreUnavailableException NotReached() =>
        new("The database has not been reached since the host started.");
}
