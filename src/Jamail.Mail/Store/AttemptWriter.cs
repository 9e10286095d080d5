using System.Data.Common;
using System.Diagnostics;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Writes what came of a mail, with its attempt and its event, in one transaction.</summary>
internal sealed class AttemptWriter(Statements statements, MailEvents events, SuppressionList suppressions, OutboxSettings settings, TimeProvider clock)
{
    /// <summary>Whether nobody is to be told of the end of an attempt, so that storing it is all.</summary>
    public bool IsQuiet(AttemptEnd end) => end.Status == EmailStatus.Sent && events.AreQuiet;

    /// <summary>The ends of attempts under claims in one round trip.</summary>
    /// <returns>For each whether its claim held.</returns>
    public async Task<IReadOnlyList<bool>> StoreAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<ClaimedEnd> ends, CancellationToken cancellationToken)
    {
        var items = ClaimedEndJson.Write(ends.Select(end => (end, Times(end.End, end.Next))));
        var held = (await statements.QueryAsync<string>(connection, transaction, MailSql.FinishMails, new { items }, cancellationToken)
            .ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

        // Taken out, since of one mail twice only the first held its claim.
        return [.. ends.Select(end => held.Remove(end.Row.Id))];
    }

    /// <summary>What follows from ends that are stored. A mail that was accepted although its claim is lost is sent all the same.</summary>
    /// <returns>For each whether it stands.</returns>
    public async Task<IReadOnlyList<bool>> FollowAsync(
        DbTransaction transaction, IReadOnlyList<ClaimedEnd> ends, IReadOnlyList<bool> held, CancellationToken cancellationToken)
    {
        var results = new List<bool>(ends.Count);
        for (var i = 0; i < ends.Count; i++)
        {
            var (row, _, end, _, _) = ends[i];
            Activity.Current = ends[i].Span;
            var stands = held[i] || await StandsAsync(transaction, row, end, cancellationToken).ConfigureAwait(false);
            if (stands)
            {
                await TellAsync(transaction, row, end, ends[i].Attempt.Result.Recipient, cancellationToken).ConfigureAwait(false);
            }

            results.Add(stands);
        }

        return results;
    }

    /// <summary>What was accepted counts although its claim was lost: the whole mail, or a part, whose others are noted where they cannot follow by now.</summary>
    private async Task<bool> StandsAsync(DbTransaction transaction, MailRow row, AttemptEnd end, CancellationToken cancellationToken)
    {
        if (end.Left is null)
        {
            return end.Status == EmailStatus.Sent && await FinishLostAsync(transaction, row.Id, cancellationToken).ConfigureAwait(false);
        }

        var rest = StoredJson.Of(end.Left);
        if (await GoOnAsync(transaction, row, rest, end.Reason, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        await statements.ExecuteAsync(transaction, MailSql.NoteRecipientsLeft, new { id = row.Id, rest, now = clock.UnixMs() }, cancellationToken)
            .ConfigureAwait(false);
        return false;
    }

    /// <summary>A part that was in doubt was accepted: the mail goes on with those it left out.</summary>
    /// <param name="transaction">Makes it a fact.</param>
    /// <param name="row">The mail.</param>
    /// <param name="rest">Those left out, a JSON list; null: whoever stands in the row.</param>
    /// <param name="reason">How that is known, for people.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when it is in no doubt, or the part left out nobody.</returns>
    public async Task<bool> GoOnAsync(DbTransaction transaction, MailRow row, string? rest, string reason, CancellationToken cancellationToken)
    {
        var parameters = new { id = row.Id, tenant = row.TenantId, rest, reason, now = clock.UnixMs() };
        var changed = await statements.ExecuteAsync(transaction, MailSql.ContinuePart, parameters, cancellationToken).ConfigureAwait(false) > 0;
        if (changed)
        {
            // As old as the mail is, it goes before what is younger.
            await statements.WantJobAsync(transaction, row.Id, row.DueFrom, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <summary>The end of an attempt that never came to a claim.</summary>
    public async Task<bool> FinishUnclaimedAsync(
        DbTransaction transaction, MailRow row, AttemptEnd end, AttemptRow attempt, CancellationToken cancellationToken)
    {
        var times = Times(end, NextJob.Same);
        var parameters = Parameters(row.Id, end, attempt, times);
        var changed = await statements.ExecuteAsync(
            transaction, MailSql.FinishUnclaimed, parameters, cancellationToken).ConfigureAwait(false) > 0;
        if (changed)
        {
            await statements.FollowAsync(transaction, row.Id, times, cancellationToken).ConfigureAwait(false);
            await InsertAttemptAsync(transaction, row.Id, attempt, cancellationToken).ConfigureAwait(false);
            if (row.State != EmailStatus.Uncertain)
            {
                await TellAsync(transaction, row, end, null, cancellationToken).ConfigureAwait(false);
            }
        }

        return changed;
    }

    /// <summary>The end of a claim whose holder is gone.</summary>
    /// <returns>False when the claim still holds or was ended by somebody else.</returns>
    public async Task<bool> GiveUpExpiredAsync(
        DbTransaction transaction, MailRow row, AttemptEnd end, NextJob next, CancellationToken cancellationToken)
    {
        var times = Times(end, next);
        var (now, nextAt, job, _) = times;
        var parameters = new
        {
            id = row.Id, reason = end.Reason, completedAt = end.GoesOn ? (long?)null : now, nextAttemptAt = nextAt, now, job = (int)job,
        };
        var changed = await statements.ExecuteAsync(
            transaction, MailSql.GiveUpExpiredClaim, parameters, cancellationToken).ConfigureAwait(false) > 0;
        if (changed)
        {
            await statements.FollowAsync(transaction, row.Id, times, cancellationToken).ConfigureAwait(false);
            await TellAsync(transaction, row, end, null, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <summary>The end of a mail that waits and is not sent any more.</summary>
    public async Task<bool> EndWaitingAsync(
        DbTransaction transaction, MailRow row, AttemptEnd end, CancellationToken cancellationToken)
    {
        var parameters = new { id = row.Id, status = (int)end.Status, reason = end.Reason, now = clock.UnixMs() };
        var changed = await statements.ExecuteAsync(
            transaction, MailSql.EndWaiting, parameters, cancellationToken).ConfigureAwait(false) > 0;
        if (changed)
        {
            await statements.EndJobAsync(transaction, row.Id, cancellationToken).ConfigureAwait(false);
        }

        if (changed && (row.State != EmailStatus.Uncertain || end.Status == EmailStatus.Sent))
        {
            await TellAsync(transaction, row, end, null, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    private async Task<bool> FinishLostAsync(DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        var changed = await statements.ExecuteAsync(
            transaction, MailSql.FinishLostClaim, new { id, now = clock.UnixMs() }, cancellationToken).ConfigureAwait(false) > 0;
        if (changed)
        {
            await statements.EndJobAsync(transaction, id, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    /// <summary>A mailbox that does not exist is not written to again; it may be one of those in copy.</summary>
    private async Task TellAsync(DbTransaction transaction, MailRow row, AttemptEnd end, string? recipient, CancellationToken cancellationToken)
    {
        if (end.Status == EmailStatus.Bounced && (recipient is null || !suppressions.IsCopy(row, recipient)))
        {
            await BouncedAsync(transaction, row, end, cancellationToken).ConfigureAwait(false);
        }
        else if (recipient is not null && end is { Status: EmailStatus.Bounced, Class: "hard-bounce" })
        {
            await suppressions.AddCopyAsync(
                transaction, row, recipient, SuppressionReason.HardBounce, MailEvents.Sending, end.Reason, cancellationToken).ConfigureAwait(false);
        }

        // What is left of a mail that went to a part of its recipients is no news.
        if (end.Left is null)
        {
            await events.WriteAsync(transaction, row, end, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await events.NoteAsync(transaction, row, "email.sent_in_part", MailEvents.Sending, end.Reason, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task BouncedAsync(DbTransaction transaction, MailRow row, AttemptEnd end, CancellationToken cancellationToken) => end.Class switch
    {
        "hard-bounce" => suppressions.AddAsync(
            transaction, row, SuppressionReason.HardBounce, MailEvents.Sending, end.Reason, cancellationToken),
        "bounce" => suppressions.CountPlainBounceAsync(transaction, row, MailEvents.Sending, end.Reason, cancellationToken),
        "mailbox-full" => suppressions.CountSoftBounceAsync(transaction, row, MailEvents.Sending, cancellationToken),
        _ => Task.CompletedTask,
    };

    private AttemptTimes Times(AttemptEnd end, NextJob next)
    {
        var now = clock.UnixMs();
        var nextAt = end.Wait is { } wait ? now + (long)wait.TotalMilliseconds : (long?)null;
        var checkAt = next == NextJob.New ? now : (nextAt ?? now) + (long)settings.CheckAfter.TotalMilliseconds;
        return new AttemptTimes(now, nextAt, end.GoesOn ? next : NextJob.None, checkAt);
    }

    private static object Parameters(string id, AttemptEnd end, AttemptRow attempt, AttemptTimes times)
    {
        var (now, nextAt, job, _) = times;
        var isSent = end.Status == EmailStatus.Sent;
        return new
        {
            id,
            status = (int)end.Status,
            reason = isSent ? null : end.Reason,
            code = attempt.Result.ReplyCode,
            enhanced = attempt.Result.EnhancedCode,
            reply = attempt.Result.Text,
            provider = attempt.Provider.Length > 0 ? attempt.Provider : null,
            sentAt = isSent ? now : (long?)null,
            completedAt = end.GoesOn ? (long?)null : now,
            nextAttemptAt = nextAt,
            deferral = end.Status == EmailStatus.Deferred ? 1 : 0,
            now,
            job = (int)job,
        };
    }

    private Task<int> InsertAttemptAsync(DbTransaction transaction, string logId, AttemptRow attempt, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            MailSql.InsertAttempt,
            new
            {
                id = attempt.Id,
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
                provider = attempt.Provider,
            },
            cancellationToken);
}
