using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Puts together what a message is composed of, from the row and its files.</summary>
internal sealed class MailContents(
    MailRows rows, EmailCategories categories, Unsubscriptions unsubscriptions, VerpAddresses verp, IOptions<MailOptions> options)
{
    /// <exception cref="FormatException">The content is gone, or a stored address can no longer be used.</exception>
    public async Task<EmailContent> LoadAsync(MailRow row, CancellationToken cancellationToken)
    {
        if (row.Html is null)
        {
            throw new FormatException("The mail's content is no longer in the database.");
        }

        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        var token = policy.OneClickUnsubscribe && options.Value.PublicUrl is not null
            ? await unsubscriptions.TokenAsync(row, cancellationToken).ConfigureAwait(false)
            : null;
        var link = token is null ? null : $"{options.Value.PublicUrl!.TrimEnd('/')}/u/{token}"; // A token is made with it only.
        return new EmailContent
        {
            MessageId = row.MessageId,
            From = Parse(row.FromAddr),
            To = Parse(row.ToAddr),
            Cc = [.. StoredJson.List(row.Cc).Select(Parse)],
            Bcc = [.. StoredJson.List(row.Bcc).Select(Parse)],
            ReplyTo = row.ReplyTo is null ? null : Parse(row.ReplyTo),
            Subject = row.Subject,
            Html = link is null ? row.Html : UnsubscribeFooter.InHtml(row.Html, link, options.Value.UnsubscribeFooter),
            Text = link is null || row.Text is null ? row.Text : UnsubscribeFooter.InText(row.Text, link, options.Value.UnsubscribeFooter),
            Headers = StoredJson.Map(row.Headers),
            Attachments = row.Attachments == 0 ? [] : await rows.ReadFilesAsync(row.Id, cancellationToken).ConfigureAwait(false),
            ReturnPath = verp.Of(row.Id),
            UnsubscribeLink = link,
            UnsubscribeMailto = token is not null && options.Value.UnsubscribeMailbox is { } mailbox ? $"mailto:{mailbox}?subject={token}" : null,
            Date = DateTimeOffset.FromUnixTimeMilliseconds(row.ScheduledAt ?? row.QueuedAt),
        };
    }

    private static EmailAddress Parse(string text) =>
        EmailAddressParser.TryParseWithName(text, out var address, out var problem)
            ? address
            : throw new FormatException($"A stored address can no longer be used: {problem}.");
}
