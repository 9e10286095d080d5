using System.Data.Common;
using System.Diagnostics;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>
/// Who may send a mail right now, and what came of it. Claims that arrive together are one statement, and results that
/// arrive together are one transaction.
/// </summary>
internal sealed class MailClaims : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Statements _statements;
    private readonly AttemptWriter _writer;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<ClaimRequest, string?> _claims;
    private readonly GroupRunner<ResultRequest, bool> _results;

    public MailClaims(Database database, Statements statements, AttemptWriter writer, TimeProvider clock)
    {
        _database = database;
        _statements = statements;
        _writer = writer;
        _clock = clock;
        _claims = new(ClaimGroupAsync);
        _results = new(WriteGroupAsync, maxSize: 100);
    }

    /// <returns>The token of the claim; null when the mail is finished or in somebody's hands.</returns>
    public Task<string?> ClaimAsync(string id, string worker, string provider, TimeSpan duration, CancellationToken cancellationToken) =>
        _claims.RunAsync(new ClaimRequest(id, worker, provider, (long)duration.TotalMilliseconds), cancellationToken);

    /// <returns>The ids still held.</returns>
    public Task<IReadOnlyList<string>> ExtendAsync(
        string[] ids, string worker, TimeSpan duration, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, token) => _statements.QueryAsync<string>(
                transaction,
                MailSql.ExtendClaims,
                new { ids, worker, until = _clock.UnixMs() + (long)duration.TotalMilliseconds },
                token),
            cancellationToken);

    /// <summary>Stores the end of an attempt under a claim.</summary>
    public Task FinishAsync(
        MailRow row, string token, AttemptEnd end, AttemptRow attempt, NextJob next, CancellationToken cancellationToken) =>
        _results.RunAsync(
            new ResultRequest(new ClaimedEnd(row, token, end, attempt, next), null), cancellationToken);

    /// <summary>Stores the end of an attempt that never came to a claim.</summary>
    public Task FinishUnclaimedAsync(MailRow row, AttemptEnd end, AttemptRow attempt, CancellationToken cancellationToken)
    {
        var span = Activity.Current;
        return _results.RunAsync(
            new ResultRequest(null, (transaction, stopping) =>
            {
                Activity.Current = span; // Results of several traces are stored together.
                return _writer.FinishUnclaimedAsync(transaction, row, end, attempt, stopping);
            }),
            cancellationToken);
    }

    /// <summary>Stores which recipients the transaction under a claim leaves out, before it can be accepted.</summary>
    /// <param name="id">The mail.</param>
    /// <param name="token">Of the claim.</param>
    /// <param name="rest">A JSON list; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when the claim was lost.</returns>
    public Task<bool> NotePartAsync(string id, string token, string? rest, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (transaction, stopping) => await _statements.ExecuteAsync(
                transaction, MailSql.NotePartLeft, new { id, token, rest, now = _clock.UnixMs() }, stopping).ConfigureAwait(false) > 0,
            cancellationToken);

    /// <summary>Gives a claim back under which nothing was sent.</summary>
    /// <returns>How many rows: none when the claim was lost.</returns>
    public Task<int> ReleaseAsync(string id, string token, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, stopping) => _statements.ExecuteAsync(
                transaction, MailSql.ReleaseClaim, new { id, token, now = _clock.UnixMs() }, stopping),
            cancellationToken);

    /// <summary>Ends a claim whose holder is gone: what was sent cannot be known.</summary>
    /// <returns>False when the claim still holds or was ended by somebody else.</returns>
    public Task<bool> GiveUpExpiredAsync(MailRow row, AttemptEnd end, NextJob next, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, stopping) => _writer.GiveUpExpiredAsync(transaction, row, end, next, stopping), cancellationToken);

    /// <summary>Ends a mail that waits, without sending it.</summary>
    /// <returns>False when it does not wait any more.</returns>
    public Task<bool> EndWaitingAsync(MailRow row, AttemptEnd end, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, stopping) => _writer.EndWaitingAsync(transaction, row, end, stopping), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _claims.DisposeAsync().ConfigureAwait(false);
        await _results.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string?>> ClaimGroupAsync(IReadOnlyList<ClaimRequest> requests, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("D");
        var groups = requests.GroupBy(request => request.Provider).ToList();
        var taken = groups.Count == 1
            ? await _database.WriteOftenAsync(
                (connection, transaction, stopping) => ClaimAsync(connection, transaction, groups[0], stopping), cancellationToken)
                .ConfigureAwait(false)
            : await _database.WriteAsync(
                async (transaction, stopping) =>
                {
                    var all = new HashSet<string>(StringComparer.Ordinal);
                    foreach (var group in groups)
                    {
                        all.UnionWith(await ClaimAsync(transaction.Connection!, transaction, group, stopping).ConfigureAwait(false));
                    }

                    return all;
                },
                cancellationToken).ConfigureAwait(false);

        // One mail twice in a group: only the first may have it.
        return [.. requests.Select(request => taken.Remove(request.Id) ? token : null)];

        async Task<HashSet<string>> ClaimAsync(
            DbConnection connection, DbTransaction? transaction, IGrouping<string, ClaimRequest> group, CancellationToken stopping)
        {
            var now = _clock.UnixMs();
            var parameters = new
            {
                ids = group.Select(request => request.Id).Distinct().ToArray(),
                token,
                worker = requests[0].Worker,
                provider = group.Key,
                until = now + requests[0].DurationMs,
                now,
            };
            return (await _statements.QueryAsync<string>(connection, transaction, MailSql.ClaimMails, parameters, stopping)
                .ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        }
    }

    private async Task<IReadOnlyList<bool>> WriteGroupAsync(IReadOnlyList<ResultRequest> requests, CancellationToken cancellationToken)
    {
        var claimed = requests.Select(request => request.Claimed).OfType<ClaimedEnd>().ToList();
        if (claimed.Count < requests.Count || !claimed.TrueForAll(end => _writer.IsQuiet(end.End)))
        {
            return await WriteAsync(requests, claimed, cancellationToken).ConfigureAwait(false);
        }

        // Storing is all, so it needs no transaction.
        var held = await _database.WriteOftenAsync(
            (connection, transaction, stopping) => _writer.StoreAsync(connection, transaction, claimed, stopping), cancellationToken)
            .ConfigureAwait(false);
        return held.All(one => one)
            ? held
            : await _database.WriteAsync(
                (transaction, stopping) => _writer.FollowAsync(transaction, claimed, held, stopping), cancellationToken).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<bool>> WriteAsync(
        IReadOnlyList<ResultRequest> requests, List<ClaimedEnd> claimed, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<bool>>(
            async (transaction, stopping) =>
            {
                var held = claimed.Count == 0
                    ? []
                    : await _writer.StoreAsync(transaction.Connection!, transaction, claimed, stopping).ConfigureAwait(false);
                var stand = new Queue<bool>(await _writer.FollowAsync(transaction, claimed, held, stopping).ConfigureAwait(false));
                var results = new List<bool>(requests.Count);
                foreach (var request in requests)
                {
                    results.Add(request.Unclaimed is { } write
                        ? await write(transaction, stopping).ConfigureAwait(false)
                        : stand.Dequeue());
                }

                return results;
            },
            cancellationToken);

    /// <summary>One of both.</summary>
    private sealed record ResultRequest(ClaimedEnd? Claimed, Func<DbTransaction, CancellationToken, Task<bool>>? Unclaimed);

    private sealed record ClaimRequest(string Id, string Worker, string Provider, long DurationMs);
}
