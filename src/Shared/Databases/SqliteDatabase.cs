using System.Collections.Concurrent;
using System.Data.Common;
using Jamail.Queueing;
using Microsoft.Data.Sqlite;

namespace Jamail.Shared;

/// <summary>
/// One writer at a time, a few readers beside it. SQLite works on the calling thread, so every call moves to the pool first.
/// </summary>
/// <param name="file">The database file.</param>
/// <param name="writerGate">Shared with the other packages of the host: one writer per process, in order of arrival.</param>
internal sealed class SqliteDatabase(string file, SemaphoreSlim writerGate) : Database
{
    private const int Readers = 4;

    private readonly SemaphoreSlim _readerGate = new(Readers);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private SqliteConnection? _writer;

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override string TablePrefix => "";

    public string File => file;

    public override async Task<T> RunWriteAsync<T>(
        Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await writerGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => WriteAsync(work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writerGate.Release();
        }

        async Task<T> WriteAsync(Func<DbTransaction, CancellationToken, Task<T>> work)
        {
            try
            {
                _writer ??= SqliteConnections.Open(file, SqliteOpenMode.ReadWriteCreate);
                var transaction = _writer.BeginTransaction(deferred: false);
                await using var _ = transaction.ConfigureAwait(false);
                var result = await work(transaction, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch (SqliteException fault) when (IsUnavailable(fault))
            {
                throw Unavailable(fault);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var reader in _readers)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        _readerGate.Dispose();
    }

    protected override async Task<T> RunReadAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _readerGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadAsync(work), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _readerGate.Release();
        }

        async Task<T> ReadAsync(Func<DbConnection, CancellationToken, Task<T>> work)
        {
            try
            {
                if (!_readers.TryTake(out var reader))
                {
                    reader = SqliteConnections.Open(file, SqliteOpenMode.ReadWrite);
                }

                var result = await work(reader, cancellationToken).ConfigureAwait(false);
                _readers.Add(reader);
                return result;
            }
            catch (SqliteException fault) when (IsUnavailable(fault))
            {
                throw Unavailable(fault);
            }
        }
    }

    protected override Task<T> RunWriteOnceAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunWriteAsync((transaction, token) => work(transaction.Connection!, transaction, token), cancellationToken);

    protected override Task<T> RunReadOftenAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunReadAsync(work, cancellationToken);

    protected override Task<T> RunWriteOftenAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunWriteOnceAsync(work, cancellationToken);

    protected override void CheckCallers(DbTransaction callers)
    {
        if (callers is not SqliteTransaction)
        {
            throw new ArgumentException(
                $"The transaction is a {callers.GetType().FullName}, but Jamail's tables are in SQLite; "
                + $"give a {typeof(SqliteTransaction).FullName} on the file of Jamail:Database.");
        }

        if (callers.Connection is not SqliteConnection connection)
        {
            throw new ArgumentException("The transaction has ended; give one that is open.");
        }

        if (Path.GetFullPath(connection.DataSource) != file)
        {
            throw new ArgumentException(
                $"The transaction is on file '{Path.GetFullPath(connection.DataSource)}', but Jamail's tables are in '{file}'; "
                + "open it there, or point Jamail:Database at the other one.");
        }
    }

    private static bool IsUnavailable(SqliteException fault) =>
        fault.SqliteErrorCode is SqliteCodes.Busy or SqliteCodes.Locked or SqliteCodes.Io or SqliteCodes.Full or SqliteCodes.CannotOpen;

    private static StoreUnavailableException Unavailable(Exception fault) =>
        new($"SQLite cannot work now: {fault.Message}", fault);
}
