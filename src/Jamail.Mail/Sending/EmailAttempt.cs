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
    IEmailTransport transport,
    MailContents contents,
    IEmailComposer composer,
    ISendVerdicts verdicts,
    AttemptEnds ends,
    MailClaims claims,
    LiveClaims live,
    ResultMarks marks,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<EmailAttempt> logger)
{
    public async Task<AttemptEnd> RunAsync(MailRow row, Job<RawJson> job, CancellationToken cancellationToken)
    {
        var startedAt = clock.UnixMs();
        var clockAtStart = clock.GetTimestamp();
        ComposedEmail message;
        try
        {
            message = composer.Compose(await contents.LoadAsync(row, cancellationToken).ConfigureAwait(false));
        }
        catch (FormatException fault)
        {
            var broken = new TransportResult { Phase = SendPhase.Lease, Fault = TransportFault.Unsupported, Text = fault.Message };
            var refused = new SendVerdict(SendVerdictKind.Failed, "compose", fault.Message);
            return await EndUnclaimedAsync(row, job, Attempt(broken, refused)).ConfigureAwait(false);
        }

        var lease = await transport.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (lease.Connection is not { } connection)
        {
            var failure = lease.Failure!; // A lease has the one or the other.
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is { Phase: SendPhase.Lease, Fault: TransportFault.TimedOut })
            {
                // Others are being served, slowly: nothing was tried, so no attempt is used up.
                return new AttemptEnd(EmailStatus.Queued, failure.Text ?? "all connections were busy");
            }

            return await EndUnclaimedAsync(row, job, Attempt(failure, verdicts.Judge(failure))).ConfigureAwait(false);
        }

        await using var _ = connection.ConfigureAwait(false);
        var token = job.HoldsLock
            ? await claims.ClaimAsync(row.Id, live.Worker, options.Value.ClaimDuration, cancellationToken).ConfigureAwait(false)
            : null;
        if (token is null)
        {
            return new AttemptEnd(EmailStatus.Queued, "another worker has the mail, or finished it");
        }

        using var claim = live.Hold(row.Id, cancellationToken);
        var result = await connection.SendAsync(
            message, phase => claim.IsHeld && job.HoldsLock && (phase != SendPhase.MailFrom || !cancellationToken.IsCancellationRequested),
            claim.Ended).ConfigureAwait(false);
        if (result is { Fault: TransportFault.Stopped, Phase: < SendPhase.Dot })
        {
            await UntilStoredAsync(row.Id, stop => claims.ReleaseAsync(row.Id, token, stop)).ConfigureAwait(false);
            return new AttemptEnd(EmailStatus.Queued, "the attempt was stopped before the content was complete");
        }

        var attempt = Attempt(result, verdicts.Judge(result));
        if (attempt.Verdict.Kind != SendVerdictKind.Uncertain)
        {
            marks.Note(row.Id, ResultMark.Of(token, attempt));
        }

        return await EndClaimedAsync(row, job, token, attempt).ConfigureAwait(false);

        AttemptRow Attempt(TransportResult end, SendVerdict verdict) =>
            new(live.Worker, startedAt, (int)clock.GetElapsedTime(clockAtStart).TotalMilliseconds, transport.Name, end, verdict);
    }

    private Task<AttemptEnd> EndUnclaimedAsync(MailRow row, Job<RawJson> job, AttemptRow attempt) =>
        UntilStoredAsync(row.Id, async stop =>
        {
            var end = await ends.DecideAsync(row, attempt.Verdict, job.Attempt >= job.Attempts, stop).ConfigureAwait(false);
            await claims.FinishUnclaimedAsync(row, end, attempt, stop).ConfigureAwait(false);
            return end;
        });

    private async Task<AttemptEnd> EndClaimedAsync(MailRow row, Job<RawJson> job, string token, AttemptRow attempt)
    {
        var end = await UntilStoredAsync(row.Id, async stop =>
        {
            var decided = await ends.DecideAsync(row, attempt.Verdict, job.Attempt >= job.Attempts, stop).ConfigureAwait(false);
            await claims.FinishAsync(row, token, decided, attempt, NextJob.Same, stop).ConfigureAwait(false);
            return decided;
        }).ConfigureAwait(false);
        marks.Forget(row.Id);
        return end;
    }

    /// <summary>
    /// What the server answered is kept here until it is stored. A process that dies meanwhile leaves a claim that runs out,
    /// and the mark that says what was answered.
    /// </summary>
    private async Task<T> UntilStoredAsync<T>(string id, Func<CancellationToken, Task<T>> store)
    {
        for (var wait = TimeSpan.FromMilliseconds(100); ; wait = TimeSpan.FromMilliseconds(Math.Min(wait.TotalMilliseconds * 2, 5_000)))
        {
            try
            {
                return await store(live.Stopped).ConfigureAwait(false);
            }
            catch (StoreUnavailableException fault)
            {
                logger.ResultWaits(id, fault.Message, wait.TotalMilliseconds);
                await Task.Delay(wait, clock, live.Stopped).ConfigureAwait(false);
            }
        }
    }
}
