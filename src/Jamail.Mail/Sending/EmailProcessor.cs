using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>One job of the e-mail queue: find the mail, get a connection ready, claim the mail, send it, store what came of it.</summary>
internal sealed class EmailProcessor(
    MailIntake intake,
    EmailAttempt attempt,
    MailClaims claims,
    TimeProvider clock,
    IOptions<MailOptions> options,
    ILogger<EmailProcessor> logger) : IJobProcessor<RawJson>
{
    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, CancellationToken cancellationToken)
    {
        if (!EmailJob.TryParse(job.Payload, job.Name == MailJobs.ReferenceName, out var email, out var problem))
        {
            return new JobOutcome.Abandoned(problem);
        }

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

        var end = await attempt.RunAsync(row, job, cancellationToken).ConfigureAwait(false);
        logger.AttemptEnded(row.Id, job.Attempt, end.Status, end.Reason);
        return end.Status switch
        {
            EmailStatus.Retrying => throw new EmailAttemptException(end.Reason),
            EmailStatus.Failed when end.IsExhausted => throw new EmailAttemptException(end.Reason),
            EmailStatus.Failed => new JobOutcome.Abandoned(end.Reason),
            EmailStatus.Queued => new JobOutcome.Returned(),
            EmailStatus.Sending => new JobOutcome.Postponed(end.Wait),
            _ => Done(row, end.Status),
        };
    }

    /// <summary>A claim that lives is never sent beside; one whose holder is gone leaves a doubt.</summary>
    private async Task<JobOutcome> HeldByAnotherAsync(MailRow row, CancellationToken cancellationToken)
    {
        var left = (row.ClaimUntil ?? 0) - clock.UnixMs();
        if (left >= 0)
        {
            return new JobOutcome.Postponed(TimeSpan.FromMilliseconds(Math.Min(left, options.Value.ClaimDuration.TotalMilliseconds) + 1));
        }

        const string Reason = "The worker that was sending the mail is gone; whether the mail server accepted it cannot be known.";
        return await claims.GiveUpExpiredAsync(row, Reason, cancellationToken).ConfigureAwait(false)
            ? Done(row, EmailStatus.Uncertain)
            : new JobOutcome.Returned();
    }

    private static JobOutcome.Completed Done(MailRow row, EmailStatus status) => new(new Dictionary<string, string>
    {
        ["logId"] = row.CompatId ?? row.Id,
        ["status"] = status.WireName(),
        ["messageId"] = row.MessageId,
    });
}
