using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>
/// Makes repeats of a call harmless: the first stores its answer in the transaction that stores its effect, and the
/// others get that answer. Over the package's statements <c>find_idempotency</c> and <c>insert_idempotency</c>.
/// </summary>
internal sealed class IdempotencyKeys(Database database, Statements statements, TimeProvider clock)
{
    public const string Find = "find_idempotency";
    public const string Insert = "insert_idempotency";

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<IdempotencyScope, byte> _inFlight = [];

    /// <summary>Keeps other calls with the key out while this one is under way. SQLite only; PostgreSQL locks in the transaction.</summary>
    /// <exception cref="IdempotencyException">Another call with the key is under way.</exception>
    public IDisposable? Enter(IdempotencyScope scope)
    {
        if (database.Dialect == SqlDialect.Postgres)
        {
            return null;
        }

        return _inFlight.TryAdd(scope, 0) ? new Leave(this, scope) : throw Busy(scope);
    }

    /// <summary>The answer of an earlier call; null when this is the first.</summary>
    /// <exception cref="IdempotencyException">Another call with the key is under way, or the key was used for another request.</exception>
    public async Task<string?> FindAsync(
        DbTransaction transaction, IdempotencyScope scope, byte[] fingerprint, CancellationToken cancellationToken)
    {
        if (database.Dialect == SqlDialect.Postgres && !await TryLockAsync(transaction, scope, cancellationToken).ConfigureAwait(false))
        {
            throw Busy(scope);
        }

        var row = await statements.FirstAsync<IdempotencyRow>(
            transaction,
            Find,
            new { tenant = scope.Tenant, route = scope.Route, key = scope.Key, now = clock.UnixMs() },
            cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        return row.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? row.Response
            : throw new IdempotencyException(
                $"The idempotency key '{scope.Key}' was used for another request; use a new key for a new request.",
                isInFlight: false);
    }

    public Task StoreAsync(
        DbTransaction transaction,
        IdempotencyScope scope,
        byte[] fingerprint,
        string response,
        CancellationToken cancellationToken,
        TimeSpan? kept = null) =>
        statements.ExecuteAsync(
            transaction,
            Insert,
            new
            {
                tenant = scope.Tenant,
                route = scope.Route,
                key = scope.Key,
                fingerprint,
                response,
                expires = clock.UnixMs() + (long)(kept ?? Kept).TotalMilliseconds,
            },
            cancellationToken);

    private static Task<bool> TryLockAsync(DbTransaction transaction, IdempotencyScope scope, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_xact_lock(hashtextextended(@name, 0))",
            new { name = $"{scope.Tenant}\n{scope.Route}\n{scope.Key}" },
            transaction,
            cancellationToken: cancellationToken));

    private static IdempotencyException Busy(IdempotencyScope scope) =>
        new($"A call with the idempotency key '{scope.Key}' is under way; repeat in a second.", isInFlight: true);

    private sealed class Leave(IdempotencyKeys keys, IdempotencyScope scope) : IDisposable
    {
        public void Dispose() => keys._inFlight.TryRemove(scope, out _);
    }
}
