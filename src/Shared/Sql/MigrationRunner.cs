using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;

namespace Jamail.Shared;

/// <summary>Brings a package's tables to the version this build knows. Hosts that start together wait for one another.</summary>
/// <param name="database">Where.</param>
/// <param name="package">Names the ledger table: <c>{t}mail_migration</c>.</param>
/// <param name="schema">The PostgreSQL schema; not used by SQLite.</param>
/// <param name="migrations">All steps, in order.</param>
/// <param name="clock">Dates the ledger.</param>
internal sealed class MigrationRunner(
    Database database,
    string package,
    string schema,
    IReadOnlyList<Migration> migrations,
    TimeProvider clock)
{
    private string Ledger => $"{database.TablePrefix}{package}_migration";

    /// <summary>Applies what is missing; with <paramref name="apply"/> off, throws when something is.</summary>
    public Task<SchemaState> RunAsync(bool apply, CancellationToken cancellationToken) =>
        database.RunWriteAsync(
            async (transaction, token) =>
            {
                await LockAsync(transaction, token).ConfigureAwait(false);
                var applied = await ReadAppliedAsync(transaction, create: apply, token).ConfigureAwait(false);
                Check(applied);
                var missing = migrations.Skip(applied).ToList();
                if (missing.Count > 0 && !apply)
                {
                    throw new InvalidOperationException(
                        $"The {package} tables lack {string.Join(", ", missing.Select(step => $"{step.Number:0000}_{step.Name}"))}, and "
                        + $"Jamail:Migrate is false. Set it to true, or run this SQL:\n{GetScript(missing)}");
                }

                foreach (var step in missing)
                {
                    await ExecuteAsync(transaction, step.Sql, null, token).ConfigureAwait(false);
                    await ExecuteAsync(
                        transaction,
                        $"insert into {Ledger} (number, name, applied_at) values (@number, @name, @at)",
                        new { number = step.Number, name = step.Name, at = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                        token).ConfigureAwait(false);
                }

                return new SchemaState(missing.Count, await ReadDatabaseIdAsync(transaction, token).ConfigureAwait(false));
            },
            cancellationToken);

    /// <summary>The SQL of some steps, for those who run it by hand.</summary>
    private string GetScript(IEnumerable<Migration> steps)
    {
        var script = new StringBuilder();
        foreach (var statement in LedgerStatements())
        {
            script.Append(statement).Append(";\n\n");
        }

        foreach (var step in steps)
        {
            script.Append(step.Sql.TrimEnd()).Append('\n').Append(
                CultureInfo.InvariantCulture,
                $"insert into {Ledger} (number, name, applied_at) values ({step.Number}, '{step.Name}', 0);\n\n");
        }

        return script.ToString();
    }

    private IEnumerable<string> LedgerStatements()
    {
        if (database.Dialect == SqlDialect.Postgres)
        {
            yield return $"create schema if not exists {schema}";
        }

        // The mark of the first step is the database's id.
        var random = database.Dialect == SqlDialect.Postgres ? "gen_random_uuid()::text" : "(lower(hex(randomblob(16))))";
        yield return $"create table if not exists {Ledger} (number integer primary key, name text not null, applied_at bigint not null, "
            + $"mark text not null default {random})";
    }

    private async Task LockAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        // SQLite's write transaction is the lock. All packages take the same one: each may create the schema.
        if (database.Dialect == SqlDialect.Postgres)
        {
            await ExecuteAsync(
                transaction,
                "select pg_advisory_xact_lock(hashtextextended(@name, 0))",
                new { name = $"jamail-migrations-{schema}" },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> ReadAppliedAsync(DbTransaction transaction, bool create, CancellationToken cancellationToken)
    {
        if (create)
        {
            foreach (var statement in LedgerStatements())
            {
                await ExecuteAsync(transaction, statement, null, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (!await LedgerExistsAsync(transaction, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        return await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition(
            $"select coalesce(max(number), 0) from {Ledger}", null, transaction, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
    }

    private async Task<string> ReadDatabaseIdAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        (await transaction.Connection!.ExecuteScalarAsync<string>(new CommandDefinition(
            $"select mark from {Ledger} where number = 1", null, transaction, cancellationToken: cancellationToken))
            .ConfigureAwait(false))!;

    private async Task<bool> LedgerExistsAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(
            database.Dialect == SqlDialect.Postgres
                ? "select count(*) from pg_tables where schemaname = @schema and tablename = @table"
                : "select count(*) from sqlite_master where type = 'table' and name = @table",
            new { schema, table = $"{package}_migration" },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) > 0;

    private void Check(int applied)
    {
        if (applied > migrations.Count)
        {
            throw new InvalidOperationException(
                $"The {package} tables are at version {applied}, but this build knows only {migrations.Count}. "
                + "A newer Jamail has been here: update this host, or give it a database of its own.");
        }
    }

    private static Task<int> ExecuteAsync(
        DbTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
}
