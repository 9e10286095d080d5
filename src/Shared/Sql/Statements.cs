using System.Data.Common;
using Dapper;

namespace Jamail.Shared;

/// <summary>Runs the named statements of a package.</summary>
internal sealed class Statements(SqlFiles files)
{
    public Task<int> ExecuteAsync(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(Command(name, parameters, transaction, cancellationToken));

    public async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        (await transaction.Connection!.QueryAsync<TRow>(Command(name, parameters, transaction, cancellationToken))
            .ConfigureAwait(false)).AsList();

    public async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        DbConnection connection, string name, object? parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<TRow>(Command(name, parameters, null, cancellationToken)).ConfigureAwait(false)).AsList();

    public Task<TRow?> FirstAsync<TRow>(
        DbTransaction transaction, string name, object? parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<TRow>(Command(name, parameters, transaction, cancellationToken));

    public Task<TRow?> FirstAsync<TRow>(
        DbConnection connection, string name, object? parameters, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<TRow>(Command(name, parameters, null, cancellationToken));

    private CommandDefinition Command(
        string name, object? parameters, DbTransaction? transaction, CancellationToken cancellationToken) =>
        new(files[name], parameters, transaction, cancellationToken: cancellationToken);
}
