using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Makes the row of a message: checks it, renders it, gives it its identity. Stores nothing.</summary>
internal sealed class MailDrafting(
    TemplateStore templates,
    TemplateRenderer renderer,
    MailChecks checks,
    SenderRules senders,
    MailAddressHash hashes,
    EmailCategories categories,
    MailProviders providers,
    MailMetrics metrics,
    IOptions<MailOptions> options,
    TimeProvider clock)
{
    /// <summary>Does not look at the suppression list, which is asked about several together.</summary>
    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    /// <exception cref="MailException">There is no such template, or the files are too large.</exception>
    public async Task<MailDraft> DraftAsync(EmailMessage mail, CancellationToken cancellationToken)
    {
        var problems = new List<InputProblem>();
        var addresses = MailAddresses.Read(mail, options.Value.From, problems);
        checks.Check(mail, problems);
        problems.AddRange(new[]
        {
            addresses.From is null ? null : senders.From(mail.Tenant, addresses.From),
            senders.ReplyTo(addresses.ReplyTo),
        }.OfType<InputProblem>());
        await CheckCategoryAsync(mail, problems, cancellationToken).ConfigureAwait(false);
        if (mail.Provider is { } provider)
        {
            await providers.CheckAsync(provider, mail.Tenant, problems, cancellationToken).ConfigureAwait(false);
        }

        ThrowIfAny(problems);

        var template = mail.Template is null
            ? null
            : await templates.FindAsync(mail.Template, mail.Tenant, mail.TemplateVersion, mail.Locale, cancellationToken).ConfigureAwait(false);
        var content = template is null
            ? OwnContent.Of(mail, problems)
            : metrics.TimeRendering(() => renderer.Render(template, mail.Variables, cancellationToken));
        OwnContent.Check(content, problems);
        ThrowIfAny(problems);
        var category = mail.Category ?? template?.Category ?? MailDefaults.Category;
        var policy = await categories.PolicyOfAsync(category, mail.Tenant, cancellationToken).ConfigureAwait(false);
        var row = Row(mail, addresses, template, content, policy with { Key = category });
        await CheckLettersAsync(row, addresses, policy, problems, cancellationToken).ConfigureAwait(false);
        ThrowIfAny(problems);
        return new MailDraft(row, [.. mail.Attachments.Select(File)]);
    }

    private async Task CheckCategoryAsync(EmailMessage mail, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        if (mail.Category is { } key && await categories.TryGetAsync(key, mail.Tenant, cancellationToken).ConfigureAwait(false) is null)
        {
            problems.Add(new InputProblem("category", $"There is no category '{MailInput.Shown(key)}'.", "Save it first, or leave it out."));
        }
    }

    /// <summary>Letters beyond ASCII before the '@', where every mail server it may go by is known to take none.</summary>
    private async Task CheckLettersAsync(
        MailRow row, MailAddresses addresses, EmailCategory policy, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        var beyond = addresses.All().Where(item => !Ascii.IsValid(MimeHeader.LocalPart(item.Address))).ToList();
        if (beyond.Count == 0)
        {
            return;
        }

        var route = await providers.RouteAsync(row, policy, cancellationToken).ConfigureAwait(false);
        if (route.All(provider => provider.LacksUtf8))
        {
            var servers = string.Join(", ", route.Select(provider => $"'{provider.Name}'"));
            problems.AddRange(beyond.Select(item => new InputProblem(
                item.Field,
                $"{SmtpMailRules.Utf8Required}: it holds letters beyond ASCII before the '@', and the mail server {servers} takes none.",
                "Give an address in ASCII, or route its category by a mail server that offers SMTPUTF8.")));
        }
    }

    private MailRow Row(EmailMessage mail, MailAddresses addresses, TemplateRow? template, RenderedEmail content, EmailCategory category)
    {
        var (from, to) = (addresses.From!, addresses.To!); // ThrowIfAny: every address was read.
        var id = Ids.New(clock);
        var now = clock.UnixMs();
        var scheduledAt = mail.ScheduledAt?.ToUnixTimeMilliseconds();
        var isLater = scheduledAt > now;
        return new MailRow
        {
            Id = id,
            TenantId = mail.Tenant,
            TemplateId = template?.Id,
            TemplateVersionId = template?.VersionId,
            TemplateKey = template?.Key,
            TemplateVersion = template?.Version,
            Locale = template?.Locale ?? mail.Locale,
            Category = category.Key,
            FromAddr = from.ToString(),
            ToAddr = to.Address,
            ToHash = hashes.Of(mail.Tenant, to.Address),
            ToDomain = MailAddressHash.DomainOf(to.Address),
            Cc = StoredJson.Of([.. addresses.Cc.Select(address => address.ToString())]),
            Bcc = StoredJson.Of([.. addresses.Bcc.Select(address => address.Address)]),
            ReplyTo = addresses.ReplyTo?.Address,
            Subject = content.Subject,
            MessageId = MailIdentity.MessageId(id, from.Address),
            Status = (int)(isLater ? EmailStatus.Scheduled : EmailStatus.Queued),
            Tags = StoredJson.Of([.. mail.Tags.Distinct(StringComparer.Ordinal)]),
            Metadata = StoredJson.Of(mail.Metadata),
            Attachments = mail.Attachments.Count,
            WantedProvider = mail.Provider,
            Priority = mail.Priority ?? category.Priority,
            ScheduledAt = isLater ? scheduledAt : null,
            ExpiresAt = mail.ExpiresAt?.ToUnixTimeMilliseconds() ?? (isLater ? scheduledAt!.Value : now) + (long)category.MaxAge.TotalMilliseconds,
            BodyUntil = (isLater ? scheduledAt!.Value : now) + (long)(category.MaxAge + category.KeepBody).TotalMilliseconds,
            LogUntil = (isLater ? scheduledAt!.Value : now) + (long)(category.MaxAge + category.KeepLog).TotalMilliseconds,
            QueuedAt = now,
            JobState = OutboxJobState.Wanted,
            JobDueAt = isLater ? scheduledAt!.Value : 0, // isLater: it was given.
            Html = content.Html,
            Text = content.Text,
            Headers = StoredJson.Of(mail.Headers),
        };
    }

    private static AttachmentRow File(EmailAttachment file)
    {
        var content = file.Content.ToArray();
        return new AttachmentRow
        {
            FileName = file.FileName,
            ContentType = file.ContentType,
            ContentId = file.ContentId,
            Sha256 = SHA256.HashData(content),
            Bytes = content.Length,
            Content = content,
        };
    }

    private static void ThrowIfAny(List<InputProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }
    }
}
