using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>One job of the e-mail queue: find the mail, get a connection ready, claim the mail, send it, store what came of it.</summary>
internal sealed class EmailProcessor(
    MailIntake intake,
    EmailAttempt attempt,
    AttemptEnds ends,
    SuppressionList suppressions,
    MailRows rows,
    MailClaims claims,
    ExpiredClaims expired,
    BulkSlots bulk,
    RecipientRules recipients,
    SandboxReports sandbox,
    MailMetrics metrics,
    TimeProvider clock,
    IOptions<MailOptions> options,
    ILogger<EmailProcessor> logger) : IJobProcessor<RawJson>
{
    private static readonly TimeSpan RedisWait = TimeSpan.FromSeconds(1);

    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
    {
        if (!EmailJob.TryParse(job.Payload, job.Name == MailJobs.ReferenceName, out var email, out var problem))
        {
            return new JobOutcome.Abandoned(problem);
        }

        if (job.Priority == 0)
        {
            return await ProcessAsync(email, job, cancellationToken).ConfigureAwait(false);
        }

        if (bulk.Enter() is var wait && wait > TimeSpan.Zero)
        {
            return new JobOutcome.Postponed(wait);
        }

        var at = clock.GetTimestamp();
        try
        {
            return await ProcessAsync(email, job, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            bulk.Leave(clock.GetElapsedTime(at));
        }
    }

    private async Task<JobOutcome> ProcessAsync(EmailJob email, Job<RawJson> job, CancellationToken cancellationToken)
    {
        var found = await intake.FindOrStoreAsync(email, job, cancellationToken).ConfigureAwait(false);
        if (found.Row is not { } row)
        {
            return new JobOutcome.Abandoned(found.Problem);
        }

        if (row.IsFinal)
        {
            return Done(row, row.State);
        }

        if (row.State == EmailStatus.Sending)
        {
            return await HeldByAnotherAsync(row, cancellationToken).ConfigureAwait(false);
        }

        if (row.State == EmailStatus.Scheduled && row.ScheduledAt > clock.UnixMs())
        {
            // A job it had before it was moved: at its time it gets another.
            return Done(row, EmailStatus.Scheduled);
        }

        if (row.ExpiresAt <= clock.UnixMs())
        {
            var reason = row.StatusReason is { } last
                ? $"Its time was over. The last attempt ended with: {last}"
                : "Its time was over before it was tried.";
            return await EndAsync(row, new AttemptEnd(EmailStatus.Expired, reason), cancellationToken).ConfigureAwait(false);
        }

        if (row.State == EmailStatus.Uncertain && row.NextAttemptAt > clock.UnixMs())
        {
            return Later(row.NextAttemptAt.Value - clock.UnixMs());
        }

        if (await ends.IsTooLateAsync(row, cancellationToken).ConfigureAwait(false))
        {
            return await EndAsync(row, new AttemptEnd(EmailStatus.Uncertain, row.StatusReason ?? ""), cancellationToken).ConfigureAwait(false);
        }

        if (recipients.Refusal(row) is { } refusal)
        {
            return await EndAsync(row, new AttemptEnd(EmailStatus.Suppressed, refusal), cancellationToken).ConfigureAwait(false);
        }

        var before = row.Status;
        await suppressions.ApplyAsync(row, cancellationToken).ConfigureAwait(false);
        if (row.State == EmailStatus.Suppressed)
        {
            row.Status = before;
            return await EndAsync(row, new AttemptEnd(EmailStatus.Suppressed, row.StatusReason ?? ""), cancellationToken).ConfigureAwait(false);
        }

        if (row.LeftOut.Count > 0)
        {
            await rows.LeaveOutAsync(row, cancellationToken).ConfigureAwait(false);
        }

        using var span = metrics.Begin(row);
        var end = await attempt.RunAsync(row, job, cancellationToken).ConfigureAwait(false);
        logger.AttemptEnded(row.Id, job.Attempt, end.Status, end.Reason);
        if (end.Status == EmailStatus.Sent)
        {
            await sandbox.ReportAsync(row, cancellationToken).ConfigureAwait(false);
        }

        return Outcome(row, end);
    }

    private static JobOutcome Outcome(MailRow row, AttemptEnd end) => end switch
    {
        { Left: not null } => Done(row, end.Status),
        { Wait: { } wait } => new JobOutcome.Postponed(wait),
        { Status: EmailStatus.Retrying } or { IsExhausted: true } => throw new EmailAttemptException(end.Reason),
        { Status: EmailStatus.Failed or EmailStatus.Bounced } => new JobOutcome.Abandoned(end.Reason),
        { Status: EmailStatus.Queued } => new JobOutcome.Returned(),
        _ => Done(row, end.Status),
    };

    /// <summary>A claim that lives is never sent beside; one whose holder is gone left a mark, or a doubt.</summary>
    private async Task<JobOutcome> HeldByAnotherAsync(MailRow row, CancellationToken cancellationToken)
    {
        var left = (row.ClaimUntil ?? 0) - clock.UnixMs();
        if (left >= 0)
        {
            return Later(Math.Min(left, (long)options.Value.ClaimDuration.TotalMilliseconds));
        }

        try
        {
            return await expired.EndAsync(row, NextJob.Same, cancellationToken).ConfigureAwait(false) is { } end
                ? Outcome(row, end)
                : new JobOutcome.Returned();
        }
        catch (JobQueueException fault)
        {
            logger.MarkUnread(row.Id, fault.Message);
            return new JobOutcome.Postponed(RedisWait);
        }
    }

    private async Task<JobOutcome> EndAsync(MailRow row, AttemptEnd end, CancellationToken cancellationToken) =>
        await claims.EndWaitingAsync(row, end, cancellationToken).ConfigureAwait(false)
            ? Done(row, end.Status)
            : new JobOutcome.Returned();

    // A millisecond more, so that the time is over when the job comes.
    private static JobOutcome.Postponed Later(long milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds + 1));

    private static JobOutcome.Completed Done(MailRow row, EmailStatus status) => new(new Dictionary<string, string>
    {
        ["logId"] = row.CompatId ?? row.Id,
        ["status"] = status.WireName(),
        ["messageId"] = row.MessageId,
    });
}
