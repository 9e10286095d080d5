using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>
/// Who may send a mail right now, and what came of it. Claims that arrive together are one statement, and so are results.
/// </summary>
internal sealed class MailClaims : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Statements _statements;
    private readonly MailEvents _events;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<ClaimRequest, string?> _claims;
    private readonly GroupRunner<Func<DbTransaction, CancellationToken, Task<bool>>, bool> _results;

    public MailClaims(Database database, Statements statements, MailEvents events, TimeProvider clock)
    {
        _database = database;
        _statements = statements;
        _events = events;
        _clock = clock;
        _claims = new(ClaimGroupAsync);
        _results = new(WriteGroupAsync, maxSize: 100);
    }

    /// <returns>The token of the claim; null when the mail is finished or in somebody's hands.</returns>
    public Task<string?> ClaimAsync(string id, string worker, TimeSpan duration, CancellationToken cancellationToken) =>
        _claims.RunAsync(new ClaimRequest(id, worker, (long)duration.TotalMilliseconds), cancellationToken);

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
        MailRow row, string token, EmailStatus status, AttemptRow attempt, long checkAt, CancellationToken cancellationToken) =>
        _results.RunAsync(
            async (transaction, stopping) =>
            {
                var parameters = ResultParameters(row.Id, token, status, attempt, checkAt);
                var held = await _statements.ExecuteAsync(transaction, MailSql.FinishMail, parameters, stopping).ConfigureAwait(false) > 0;
                if (!held && status == EmailStatus.Sent)
                {
                    held = await _statements.ExecuteAsync(
                        transaction, MailSql.FinishLostClaim, new { id = row.Id, now = _clock.UnixMs() }, stopping).ConfigureAwait(false) > 0;
                }

                await InsertAttemptAsync(transaction, row.Id, attempt, stopping).ConfigureAwait(false);
                if (held)
                {
                    await _events.WriteAsync(transaction, row, status, attempt.Verdict.Reason, stopping).ConfigureAwait(false);
                }

                return held;
            },
            cancellationToken);

    /// <summary>Stores the end of an attempt that never came to a claim.</summary>
    public Task FinishUnclaimedAsync(
        MailRow row, EmailStatus status, AttemptRow attempt, long checkAt, CancellationToken cancellationToken) =>
        _results.RunAsync(
            async (transaction, stopping) =>
            {
                var parameters = ResultParameters(row.Id, "", status, attempt, checkAt);
                var changed = await _statements.ExecuteAsync(
                    transaction, MailSql.FailUnclaimed, parameters, stopping).ConfigureAwait(false) > 0;
                if (changed)
                {
                    await InsertAttemptAsync(transaction, row.Id, attempt, stopping).ConfigureAwait(false);
                    await _events.WriteAsync(transaction, row, status, attempt.Verdict.Reason, stopping).ConfigureAwait(false);
                }

                return changed;
            },
            cancellationToken);

    /// <summary>Gives a claim back under which nothing was sent.</summary>
    public Task ReleaseAsync(string id, string token, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, stopping) => _statements.ExecuteAsync(
                transaction, MailSql.ReleaseClaim, new { id, token, now = _clock.UnixMs() }, stopping),
            cancellationToken);

    /// <summary>Ends a claim whose holder is gone: what was sent cannot be known.</summary>
    /// <returns>False when the claim still holds or was ended by somebody else.</returns>
    public Task<bool> GiveUpExpiredAsync(MailRow row, string reason, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (transaction, stopping) =>
            {
                var parameters = new { id = row.Id, reason, now = _clock.UnixMs() };
                var changed = await _statements.ExecuteAsync(
                    transaction, MailSql.GiveUpExpiredClaim, parameters, stopping).ConfigureAwait(false) > 0;
                if (changed)
                {
                    await _events.WriteAsync(transaction, row, EmailStatus.Uncertain, reason, stopping).ConfigureAwait(false);
                }

                return changed;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _claims.DisposeAsync().ConfigureAwait(false);
        await _results.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string?>> ClaimGroupAsync(IReadOnlyList<ClaimRequest> requests, CancellationToken cancellationToken)
    {
        // One mail twice in a group: only the first may have it.
        var token = Guid.NewGuid().ToString("D");
        var now = _clock.UnixMs();
        var parameters = new
        {
            ids = requests.Select(request => request.Id).Distinct().ToArray(),
            token,
            worker = requests[0].Worker,
            until = now + requests[0].DurationMs,
            now,
        };
        var taken = (await _database.WriteAsync(
            (transaction, stopping) => _statements.QueryAsync<string>(transaction, MailSql.ClaimMails, parameters, stopping),
            cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        return [.. requests.Select(request => taken.Remove(request.Id) ? token : null)];
    }

    private Task<IReadOnlyList<bool>> WriteGroupAsync(
        IReadOnlyList<Func<DbTransaction, CancellationToken, Task<bool>>> writes, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<bool>>(
            async (transaction, stopping) =>
            {
                var results = new List<bool>(writes.Count);
                foreach (var write in writes)
                {
                    results.Add(await write(transaction, stopping).ConfigureAwait(false));
                }

                return results;
            },
            cancellationToken);

    private object ResultParameters(string id, string token, EmailStatus status, AttemptRow attempt, long checkAt)
    {
        var now = _clock.UnixMs();
        var goesOn = status == EmailStatus.Retrying;
        return new
        {
            id,
            token,
            status = (int)status,
            reason = status == EmailStatus.Sent ? null : attempt.Verdict.Reason,
            code = attempt.Result.ReplyCode,
            enhanced = attempt.Result.EnhancedCode,
            reply = attempt.Result.Text,
            sentAt = status == EmailStatus.Sent ? now : (long?)null,
            completedAt = goesOn ? (long?)null : now,
            now,
            checkAt,
            wantsJob = goesOn ? 1 : 0,
        };
    }

    private Task<int> InsertAttemptAsync(DbTransaction transaction, string logId, AttemptRow attempt, CancellationToken cancellationToken) =>
        _statements.ExecuteAsync(
            transaction,
            MailSql.InsertAttempt,
            new
            {
                id = Ids.New(_clock),
                logId,
                worker = attempt.Worker,
                startedAt = attempt.StartedAt,
                durationMs = attempt.DurationMs,
                phase = (int)attempt.Result.Phase,
                outcome = (int)attempt.Verdict.Kind,
                code = attempt.Result.ReplyCode,
                enhanced = attempt.Result.EnhancedCode,
                reply = attempt.Result.Text,
                @class = attempt.Verdict.Class,
                use = attempt.Result.ConnectionUse,
                tls = attempt.Result.Tls,
            },
            cancellationToken);

    private sealed record ClaimRequest(string Id, string Worker, long DurationMs);
}
