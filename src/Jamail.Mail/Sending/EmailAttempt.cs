using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// One try to hand a mail to the next hop. The claim comes when a connection is ready, so that only the dialogue itself can
/// leave a doubt; the job is settled after the result is committed.
/// </summary>
internal sealed class EmailAttempt(
    MailRoutes routes,
    MailContents contents,
    RecipientRules recipients,
    IEmailComposer composer,
    ISendVerdicts verdicts,
    AttemptEnds ends,
    MailClaims claims,
    LiveClaims live,
    ResultMarks marks,
    ResultJournal journal,
    MailMetrics metrics,
    SendAlerts alerts,
    BulkFeed bulk,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<EmailAttempt> logger)
{
    private static readonly TimeSpan MarkPatience = TimeSpan.FromSeconds(1);
    private static readonly Func<Task> Nothing = () => Task.CompletedTask;

    public async Task<AttemptEnd> RunAsync(MailRow row, Job<RawJson> job, CancellationToken cancellationToken)
    {
        var startedAt = clock.UnixMs();
        var clockAtStart = clock.GetTimestamp();
        EmailContent content;
        MailPart? part;
        try
        {
            content = recipients.Apply(await contents.LoadAsync(row, cancellationToken).ConfigureAwait(false));
            part = PartialSending.Next(composer.Compose(content), row);
        }
        catch (FormatException fault)
        {
            var broken = new TransportResult { Phase = SendPhase.Lease, Fault = TransportFault.Unsupported, Text = fault.Message };
            var refused = new SendVerdict(SendVerdictKind.Failed, "compose", fault.Message);
            return await EndUnclaimedAsync(row, job, Attempt("", broken, refused)).ConfigureAwait(false);
        }

        if (part is null)
        {
            return await claims.EndWaitingAsync(row, PartialSending.NobodyLeft, cancellationToken).ConfigureAwait(false)
                ? PartialSending.NobodyLeft
                : new AttemptEnd(EmailStatus.Queued, "somebody else ended the mail");
        }

        var route = await metrics.TimeAsync(SendStep.Connect, () => routes.OpenAsync(row, cancellationToken)).ConfigureAwait(false);
        if (route.Failure is { } failure)
        {
            return await EndUnclaimedAsync(row, job, Attempt(route.Provider, failure, verdicts.Judge(failure, route.Provider))).ConfigureAwait(false);
        }

        if (route.Lease is not { } lease)
        {
            return new AttemptEnd(EmailStatus.Queued, route.Reason) { Wait = route.Wait };
        }

        await using var _ = lease.ConfigureAwait(false);
        var token = job.HoldsLock
            ? await metrics.TimeAsync(
                SendStep.Claim,
                () => claims.ClaimAsync(row.Id, live.Worker, lease.Provider, options.Value.ClaimDuration, cancellationToken)).ConfigureAwait(false)
            : null;
        if (token is null)
        {
            return new AttemptEnd(EmailStatus.Queued, "another worker has the mail, or finished it");
        }

        using var claim = live.Hold(row.Id, cancellationToken);
        using var dialogue = metrics.Dialogue();
        var note = new PartNote(claims, row, token, part, lease.Connection);
        var result = await lease.Connection.SendAsync(
            lease.SwallowsRepeats ? RepeatKey.Add(part.Message, part.Key, content.Headers) : part.Message,
            phase => dialogue.Enters(phase) && note.MayEnter(phase, claim.Ended)
                && claim.IsHeld && job.HoldsLock && (phase != SendPhase.MailFrom || !cancellationToken.IsCancellationRequested),
            claim.Ended).ConfigureAwait(false);
        dialogue.Ends();
        result = result.Accepted ? result with { Left = note.Left } : result;
        if (result is { Fault: TransportFault.Stopped, Phase: < SendPhase.Dot })
        {
            // Closed before the claim is over, however long the database stays away.
            await lease.DisposeAsync().ConfigureAwait(false);
            await UntilStoredAsync(row.Id, Nothing, stop => claims.ReleaseAsync(row.Id, token, stop)).ConfigureAwait(false);
            return new AttemptEnd(EmailStatus.Queued, "the attempt was stopped before the content was complete");
        }

        var attempt = Attempt(lease.Provider, result, verdicts.Judge(result, lease.Provider));
        lease.Tell(attempt.Verdict);
        alerts.Watch(row, lease.Provider, attempt.Verdict);
        var noted = attempt.Verdict.Kind == SendVerdictKind.Uncertain
            ? Task.FromResult(true)
            : marks.NoteAsync(row.Id, ResultMark.Of(token, attempt));

        // The next mail need not wait for this one's row.
        await lease.DisposeAsync().ConfigureAwait(false);
        return await metrics.TimeAsync(SendStep.Store, () => EndClaimedAsync(row, job, token, attempt, noted)).ConfigureAwait(false);

        AttemptRow Attempt(string provider, TransportResult end, SendVerdict verdict) =>
            new(Ids.New(clock), live.Worker, startedAt, (int)clock.GetElapsedTime(clockAtStart).TotalMilliseconds, provider, end, verdict);
    }

    private Task<AttemptEnd> EndUnclaimedAsync(MailRow row, Job<RawJson> job, AttemptRow attempt) =>
        UntilStoredAsync(row.Id, Nothing, async stop =>
        {
            var end = await ends.DecideAsync(row, attempt.Verdict, attempt.Provider, job.Attempt >= job.Attempts, stop).ConfigureAwait(false);
            await claims.FinishUnclaimedAsync(row, end, attempt, stop).ConfigureAwait(false);
            metrics.Ended(row, end, attempt);
            return end;
        });

    private async Task<AttemptEnd> EndClaimedAsync(MailRow row, Job<RawJson> job, string token, AttemptRow attempt, Task<bool> noted)
    {
        var end = await UntilStoredAsync(row.Id, KeepAsync, async stop =>
        {
            var decided = await ends.DecideAsync(row, attempt.Verdict, attempt.Provider, job.Attempt >= job.Attempts, stop).ConfigureAwait(false);
            await claims.FinishAsync(row, token, decided, attempt, PartialSending.Next(decided, NextJob.Same), stop).ConfigureAwait(false);
            return decided;
        }).ConfigureAwait(false);
        marks.Forget(row.Id);
        journal.Forget(row.Id);
        metrics.Ended(row, end, attempt);
        if (end.Left is not null)
        {
            bulk.Announce();
        }

        return end;

        // Where Redis has no mark either, the disk of this machine is what is left.
        async Task KeepAsync()
        {
            var first = await Task.WhenAny(noted, Task.Delay(MarkPatience, clock, live.Stopped)).ConfigureAwait(false);
            if (first != noted || !await noted.ConfigureAwait(false))
            {
                journal.Write(row.Id, ResultMark.Of(token, attempt));
            }
        }
    }

    /// <summary>
    /// What the server answered is kept here until it is stored. A process that dies meanwhile leaves a claim that runs out,
    /// and the mark or the file that says what was answered.
    /// </summary>
    private async Task<T> UntilStoredAsync<T>(string id, Func<Task> keep, Func<CancellationToken, Task<T>> store)
    {
        var isKept = false;
        for (var wait = TimeSpan.FromMilliseconds(100); ; wait = TimeSpan.FromMilliseconds(Math.Min(wait.TotalMilliseconds * 2, 5_000)))
        {
            try
            {
                return await store(live.Stopped).ConfigureAwait(false);
            }
            catch (StoreUnavailableException fault)
            {
                logger.ResultWaits(id, fault.Message, wait.TotalMilliseconds);
                if (!isKept)
                {
                    isKept = true;
                    await keep().ConfigureAwait(false);
                }

                await Task.Delay(wait, clock, live.Stopped).ConfigureAwait(false);
            }
        }
    }
}
