using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Makes the row of a mail that repeats another one.</summary>
internal sealed class MailResends(MailRows rows, MailAddressHash hashes, EmailCategories categories, SuppressionList suppressions, TimeProvider clock)
{
    /// <exception cref="InvalidInputException">The recipient is no address.</exception>
    /// <exception cref="MailException">The content has been removed.</exception>
    public async Task<MailDraft> DraftAsync(MailRow old, EmailResend resend, CancellationToken cancellationToken)
    {
        if (old.Html is null)
        {
            throw new MailException(MailError.ContentRemoved, "The content of the e-mail has been removed; it cannot be sent once more.");
        }

        var to = old.ToAddr;
        if (resend.To is not null)
        {
            var problems = new List<InputProblem>();
            to = MailAddresses.Plain("to", resend.To, problems)?.Address ?? throw new InvalidInputException(problems);
        }

        var policy = await categories.PolicyOfAsync(old.Category, old.TenantId, cancellationToken).ConfigureAwait(false);
        var id = Ids.New(clock);
        var row = new MailRow
        {
            Id = id,
            TenantId = old.TenantId,
            TemplateId = old.TemplateId,
            TemplateVersionId = old.TemplateVersionId,
            TemplateKey = old.TemplateKey,
            TemplateVersion = old.TemplateVersion,
            Locale = old.Locale,
            Category = old.Category,
            FromAddr = old.FromAddr,
            ToAddr = to,
            ToHash = hashes.Of(old.TenantId, to),
            ToDomain = MailAddressHash.DomainOf(to),
            Cc = resend.To is null ? old.Cc : null,
            Bcc = resend.To is null ? old.Bcc : null,
            ReplyTo = old.ReplyTo,
            Subject = old.Subject,
            MessageId = MailIdentity.MessageId(id, MailIdentity.AddressOf(old.FromAddr)),
            Tags = old.Tags,
            Metadata = old.Metadata,
            ResendOf = old.Id,
            Attachments = old.Attachments,
            Priority = old.Priority,
            ExpiresAt = clock.UnixMs() + (long)policy.MaxAge.TotalMilliseconds,
            BodyUntil = clock.UnixMs() + (long)(policy.MaxAge + policy.KeepBody).TotalMilliseconds,
            LogUntil = clock.UnixMs() + (long)(policy.MaxAge + policy.KeepLog).TotalMilliseconds,
            Forced = resend.Force ? 1 : 0,
            QueuedAt = clock.UnixMs(),
            JobState = OutboxJobState.Wanted,
            Html = old.Html,
            Text = old.Text,
            Headers = old.Headers,
        };
        if (!resend.Force && await suppressions.FindAsync(row.TenantId, row.ToHash, row.Category, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            MailEnding.Suppress(row, entry);
        }

        return new MailDraft(row, old.Attachments == 0 ? [] : await rows.ReadFilesAsync(old.Id, cancellationToken).ConfigureAwait(false));
    }
}
