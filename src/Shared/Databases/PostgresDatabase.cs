using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Jamail.Queueing;
using Npgsql;

namespace Jamail.Shared;

/// <param name="connections">Their pool is shared with the other packages of the host, which also owns it.</param>
/// <param name="schema">Where the tables are.</param>
internal sealed class PostgresDatabase(PostgresConnections connections, string schema) : Database
{
    private const int MostTries = 3;

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override string TablePrefix { get; } = $"{schema}.";

    public string Schema => schema;

    public ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken) =>
        connections.OpenAsync(cancellationToken);

    public override Task<T> RunWriteAsync<T>(
        Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((connection, token) => InTransactionAsync(connection, work, token), keepsPlans: false, cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<T> RunWriteOnceAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunReadAsync((connection, token) => work(connection, null, token), cancellationToken);

    protected override Task<T> RunReadAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, keepsPlans: false, cancellationToken);

    protected override Task<T> RunReadOftenAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, keepsPlans: true, cancellationToken);

    protected override Task<T> RunWriteOftenAsync<T>(
        Func<DbConnection, DbTransaction?, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((connection, token) => work(connection, null, token), keepsPlans: true, cancellationToken);

    protected override void CheckCallers(DbTransaction callers)
    {
        if (callers is not NpgsqlTransaction)
        {
            throw new ArgumentException(
                $"The transaction is a {callers.GetType().FullName}, but Jamail's tables are in PostgreSQL; "
                + $"give a {typeof(NpgsqlTransaction).FullName} on the database of Jamail:Database.");
        }

        if (callers.Connection is not NpgsqlConnection connection)
        {
            throw new ArgumentException("The transaction has ended; give one that is open.");
        }

        var ours = connections.DatabaseName;
        if (ours is not null && connection.Database != ours)
        {
            throw new ArgumentException(
                $"The transaction is on database '{connection.Database}', but Jamail's tables are in '{ours}'; "
                + "open it there, or point Jamail:Database at the other one.");
        }
    }

    private async Task<T> RunAsync<T>(
        Func<DbConnection, CancellationToken, Task<T>> work, bool keepsPlans, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var connection = await connections.OpenAsync(keepsPlans, cancellationToken).ConfigureAwait(false);
                await using var _ = connection.ConfigureAwait(false);
                return await GuardedAsync(connection, work, cancellationToken).ConfigureAwait(false);
            }

            // The server undid everything: the work runs again from its start.
            catch (PostgresException fault) when (tries < MostTries && (IsDeadlock(fault) || IsStalePlan(fault)))
            {
                RenewIfStale(fault);
            }
            catch (Exception fault) when (IsUnavailable(fault))
            {
                throw Unavailable(fault);
            }
        }
    }

    private static async Task<T> InTransactionAsync<T>(
        DbConnection connection, Func<DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var result = await work(transaction, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    // Npgsql 10 takes a statement that failed while it was being prepared for prepared, and on its next use mixes up what the
    // server answers (npgsql issue 6391). Whoever gets the connection next finds nothing prepared on it.
    private static async Task<T> GuardedAsync<T>(
        NpgsqlConnection connection, Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DbException or OperationCanceledException && MayHavePrepared(connection))
        {
            try
            {
                connection.UnprepareAll();
            }
            catch (Exception)
            {
                // The connection is not used again when it cannot do even this.
                NpgsqlConnection.ClearPool(connection);
            }

            throw;
        }
    }

    private static bool MayHavePrepared(NpgsqlConnection connection) =>
        connection.State == ConnectionState.Open
        && new NpgsqlConnectionStringBuilder(connection.ConnectionString).MaxAutoPrepare > 0;

    private static bool IsDeadlock(PostgresException fault) =>
        fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    // "cached plan must not change result type": a table was altered under a statement that this connection had prepared.
    private static bool IsStalePlan(PostgresException fault) =>
        fault.SqlState == PostgresErrorCodes.FeatureNotSupported && fault.Routine == "RevalidateCachedQuery";

    private void RenewIfStale(PostgresException fault)
    {
        if (IsStalePlan(fault))
        {
            connections.Renew();
        }
    }

    private static bool IsUnavailable(Exception fault) => fault switch
    {
        PostgresException refused => refused.SqlState[..2] is "08" or "53"
            || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    private static StoreUnavailableException Unavailable(Exception fault) =>
        new($"PostgreSQL does not answer: {fault.Message}", fault);
}
