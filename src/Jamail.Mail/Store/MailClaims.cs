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
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await _database.WriteAsync(
            async (transaction, stopping) =>
            {
                taken.Clear(); // It may run twice.
                foreach (var group in requests.GroupBy(request => request.Provider))
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
                    taken.UnionWith(await _statements.QueryAsync<string>(
                        transaction, MailSql.ClaimMails, parameters, stopping).ConfigureAwait(false));
                }

                return taken.Count;
            },
            cancellationToken).ConfigureAwait(false);

        // One mail twice in a group: only the first may have it.
        return [.. requests.Select(request => taken.Remove(request.Id) ? token : null)];
    }

    private Task<IReadOnlyList<bool>> WriteGroupAsync(IReadOnlyList<ResultRequest> requests, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<bool>>(
            async (transaction, stopping) =>
            {
                var claimed = requests.Select(request => request.Claimed).OfType<ClaimedEnd>().ToList();
                var stand = claimed.Count == 0
                    ? new Queue<bool>()
                    : new Queue<bool>(await _writer.FinishAsync(transaction, claimed, stopping).ConfigureAwait(false));
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
