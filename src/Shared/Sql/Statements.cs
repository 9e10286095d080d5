using System.Data.Common;
using Dapper;

namespace Jamail.Shared;

/// <summary>Runs the named statements of a package.</summary>
internal sealed class Statements(SqlFiles files)
{
    public Task<int> ExecuteAsync(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction.Connection!, transaction, [name], parameters, cancellationToken);

    /// <summary>Runs statements one after the other in one round trip; without a transaction they are one all the same.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="transaction">That of the connection; null when it has none.</param>
    /// <param name="names">What to run.</param>
    /// <param name="parameters">Of all of them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<int> ExecuteAsync(
        DbConnection connection,
        DbTransaction? transaction,
        ReadOnlySpan<string> names,
        object? parameters,
        CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(
            names.Length == 1 ? files[names[0]] : Joined(names), parameters, transaction, cancellationToken));

    public Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        QueryAsync<TRow>(transaction.Connection!, transaction, name, parameters, cancellationToken);

    public Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        DbConnection connection, string name, object? parameters, CancellationToken cancellationToken) =>
        QueryAsync<TRow>(connection, null, name, parameters, cancellationToken);

    public async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        DbConnection connection, DbTransaction? transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<TRow>(Command(files[name], parameters, transaction, cancellationToken)).ConfigureAwait(false))
            .AsList();

    public Task<TRow?> FirstAsync<TRow>(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<TRow>(Command(files[name], parameters, transaction, cancellationToken));

    public Task<TRow?> FirstAsync<TRow>(
        DbConnection connection, string name, object? parameters, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<TRow>(Command(files[name], parameters, null, cancellationToken));

    private string Joined(ReadOnlySpan<string> names)
    {
        var texts = new string[names.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = files[names[i]];
        }

        return string.Join(";\n", texts);
    }

    private static CommandDefinition Command(
        string sql, object? parameters, DbTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}
