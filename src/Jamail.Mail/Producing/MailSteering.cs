using System.Globalization;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>What can be done with a mail that was accepted: take it back, move it, send it once more.</summary>
internal sealed class MailSteering(
    Database database,
    Statements statements,
    MailRows rows,
    MailEvents events,
    EmailCategories categories,
    MailResends resends,
    MailAcceptance acceptance,
    ScheduleWatch schedule,
    BulkFeed bulk,
    IJobQueues queues,
    TimeProvider clock,
    ILogger<MailSteering> logger)
{
    private const int FarthestDays = 366;

    public async Task CancelAsync(EmailId id, string tenant, CancellationToken cancellationToken)
    {
        var row = await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false);
        const string Reason = "Cancelled by hand.";
        var changed = await database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { id = row.Id, reason = Reason, now = clock.UnixMs() };
                var done = await statements.ExecuteAsync(own, MailSql.CancelMail, parameters, token).ConfigureAwait(false) > 0;
                if (done)
                {
                    await statements.EndJobAsync(own, row.Id, token).ConfigureAwait(false);
                    await events.WriteAsync(own, row, EmailStatus.Cancelled, Reason, null, null, "hand", token).ConfigureAwait(false);
                }

                return done;
            },
            cancellationToken).ConfigureAwait(false);
        if (!changed)
        {
            throw await WrongStateAsync(row, "cancelled", cancellationToken).ConfigureAwait(false);
        }

        await RemoveJobAsync(row, cancellationToken).ConfigureAwait(false);
    }

    public async Task RescheduleAsync(EmailId id, DateTimeOffset at, string tenant, CancellationToken cancellationToken)
    {
        var row = await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var due = at > now ? at.ToUnixTimeMilliseconds() : now.ToUnixTimeMilliseconds();
        if (at > now + TimeSpan.FromDays(FarthestDays))
        {
            throw new InvalidInputException("scheduledAt", $"It is more than {FarthestDays} days ahead.", "Give an earlier time.");
        }

        var expires = await ExpiryAsync(row, due, cancellationToken).ConfigureAwait(false);
        if (expires <= due)
        {
            throw new InvalidInputException("scheduledAt", "The e-mail expires before that time.", "Give an earlier time.");
        }

        var status = at > now ? EmailStatus.Scheduled : EmailStatus.Queued;
        var changed = await database.WriteAsync(
            async (own, token) =>
            {
                var parameters = new { id = row.Id, status = (int)status, at = due, expires, now = now.ToUnixTimeMilliseconds() };
                var done = await statements.ExecuteAsync(own, MailSql.RescheduleMail, parameters, token).ConfigureAwait(false) > 0;
                if (done)
                {
                    await statements.WantJobAsync(own, row.Id, due, token).ConfigureAwait(false);
                    var detail = at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
                    await events.NoteAsync(own, row, "email.rescheduled", "hand", detail, token).ConfigureAwait(false);
                }

                return done;
            },
            cancellationToken).ConfigureAwait(false);
        if (!changed)
        {
            throw await WrongStateAsync(row, "moved", cancellationToken).ConfigureAwait(false);
        }

        await RemoveJobAsync(row, cancellationToken).ConfigureAwait(false);
        schedule.Notice(due);
        bulk.Announce();
    }

    public async Task<AcceptedEmail> ResendAsync(EmailId id, EmailResend resend, CancellationToken cancellationToken)
    {
        var row = await FindAsync(id, resend.Tenant, cancellationToken).ConfigureAwait(false);
        if (!row.IsFinal)
        {
            throw await WrongStateAsync(row, "sent once more", cancellationToken).ConfigureAwait(false);
        }

        var draft = await resends.DraftAsync(row, resend, cancellationToken).ConfigureAwait(false);
        return await acceptance.StoreAsync(draft, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A limit of the category's moves along; one that was asked for stays.</summary>
    private async Task<long?> ExpiryAsync(MailRow row, long due, CancellationToken cancellationToken)
    {
        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        var maxAge = (long)policy.MaxAge.TotalMilliseconds;
        return row.ExpiresAt == (row.ScheduledAt ?? row.QueuedAt) + maxAge ? due + maxAge : row.ExpiresAt;
    }

    private async Task<MailRow> FindAsync(EmailId id, string tenant, CancellationToken cancellationToken) =>
        await rows.FindAsync(id.Value, cancellationToken).ConfigureAwait(false) is { } row && row.TenantId == tenant
            ? row
            : throw new MailException(MailError.EmailNotFound, $"There is no e-mail '{id}'; give the id that sending returned.");

    private async Task<MailException> WrongStateAsync(MailRow row, string what, CancellationToken cancellationToken)
    {
        var now = await rows.FindAsync(row.Id, cancellationToken).ConfigureAwait(false) ?? row;
        return new MailException(MailError.WrongState, $"The e-mail is {now.State.WireName()}, so it cannot be {what}.");
    }

    // Our workers look at the row before they send. Others do not: so the job goes too, where Redis answers. A scheduled mail has none.
    private async Task RemoveJobAsync(MailRow row, CancellationToken cancellationToken)
    {
        if (row.State == EmailStatus.Scheduled)
        {
            return;
        }

        try
        {
            await queues.Inspect(MailOptions.QueueName).RemoveAsync(MailJobRow.Of(row, 0).JobId(MailJobs.IdPrefix), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JobQueueException fault)
        {
            logger.JobStays(row.Id, fault.Message);
        }
    }
}
