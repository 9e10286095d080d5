using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Finds the row of a job, and makes it for a job whose producer knows nothing of rows.</summary>
internal sealed class MailIntake(
    Database database,
    MailRows rows,
    MailAddressHash hashes,
    EmailCategories categories,
    IJobQueues queues,
    OutboxSettings settings,
    SenderRules senders,
    IOptions<MailOptions> options,
    TimeProvider clock)
{
    public async Task<MailFound> FindOrStoreAsync(EmailJob email, Job<RawJson> job, CancellationToken cancellationToken)
    {
        var id = email.RowId;
        if (await rows.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return new MailFound(known, "");
        }

        if (email.Html is null)
        {
            return new MailFound(null, $"There is no mail '{id}' in this host's database; point Jamail:Database at the one its producer uses.");
        }

        var problem = Check(email, out var from);
        if (problem is not null)
        {
            return new MailFound(null, problem);
        }

        var row = NewRow(email, from!, id, job.Id); // Check found no problem, so there is a sender.
        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        row.Priority = policy.Priority;
        row.ExpiresAt = row.QueuedAt + (long)policy.MaxAge.TotalMilliseconds;
        row.JobEpoch = await queues.Inspect(job.Queue).GetEpochAsync(cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            (transaction, token) => rows.InsertAsync(transaction, row, token), cancellationToken).ConfigureAwait(false);

        // Another worker may have stored it first.
        return new MailFound(await rows.FindAsync(id, cancellationToken).ConfigureAwait(false), "The mail's row was removed.");
    }

    private string? Check(EmailJob email, out EmailAddress? from)
    {
        if (!EmailAddressParser.TryParseWithName(
            email.From ?? options.Value.From ?? MailDefaults.SandboxFrom, out from, out var problem))
        {
            return $"Job data: 'from' is no sender: {problem}.";
        }

        if (senders.From(JamailHostOptions.DefaultTenant, from) is { } foreign)
        {
            return $"Job data: 'from': {foreign.Rule} {foreign.Fix}";
        }

        if (!EmailAddressParser.TryParse(email.Recipient, out _, out problem))
        {
            return $"Job data: 'recipient' is no e-mail address: {problem}.";
        }

        if (email.Subject!.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) // EmailJob demands it beside html.
        {
            return "Job data: 'subject' holds a line break or a NUL; it must be one line.";
        }

        var broken = MailInput.Characters("subject", email.Subject!) ?? MailInput.Body("html", email.Html!)
            ?? MailInput.Body("text", email.Text ?? "") ?? MailInput.Name("category", email.Category ?? MailDefaults.Category, 100)
            ?? MailInput.Characters("logId", email.LogId) ?? MailInput.Characters("templateId", email.TemplateId ?? "");
        return broken is null ? null : $"Job data: '{broken.Field}': {broken.Rule} {broken.Fix}";
    }

    private MailRow NewRow(EmailJob email, EmailAddress from, string id, JobId jobId)
    {
        var now = clock.UnixMs();
        var recipient = email.Recipient!; // Checked.
        return new MailRow
        {
            Id = id,
            TenantId = JamailHostOptions.DefaultTenant,
            CompatId = email.CompatId,
            TemplateId = email.TemplateId,
            Category = email.Category ?? MailDefaults.Category,
            FromAddr = from.ToString(),
            ToAddr = recipient,
            ToHash = hashes.Of(JamailHostOptions.DefaultTenant, recipient),
            ToDomain = MailAddressHash.DomainOf(recipient),
            Subject = email.Subject!, // Checked.
            MessageId = MailIdentity.MessageId(id, from.Address),
            QueuedAt = now,
            JobState = OutboxJobState.Confirmed,
            JobKey = jobId.Value,
            JobDueAt = now + (long)settings.CheckAfter.TotalMilliseconds,
            Html = email.Html,
            Text = email.Text is { } text ? FlowedText.Fixed(text) : HtmlText.Of(email.Html!), // Checked.
        };
    }
}
