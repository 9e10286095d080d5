using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Makes the row of a mail that repeats another one.</summary>
internal sealed class MailResends(MailRows rows, MailAddressHash hashes, EmailCategories categories, SuppressionList suppressions, MailProviders providers, TimeProvider clock)
{
    /// <exception cref="InvalidInputException">The recipient is no address.</exception>
    /// <exception cref="MailException">The content has been removed.</exception>
    public async Task<MailDraft> DraftAsync(MailRow old, EmailResend resend, CancellationToken cancellationToken)
    {
        if (old.Html is null)
        {
            throw new MailException(MailError.ContentRemoved, "The content of the e-mail has been removed; it cannot be sent once more.");
        }

        var problems = new List<InputProblem>();
        var to = resend.To is null ? old.ToAddr : MailAddresses.Plain("to", resend.To, problems)?.Address ?? "";
        if (resend.Provider is { } provider)
        {
            await providers.CheckAsync(provider, old.TenantId, problems, cancellationToken).ConfigureAwait(false);
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
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
            WantedProvider = resend.Provider,
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
        await suppressions.ApplyAsync([row], cancellationToken).ConfigureAwait(false);

        return new MailDraft(row, old.Attachments == 0 ? [] : await rows.ReadFilesAsync(old.Id, cancellationToken).ConfigureAwait(false));
    }
}
