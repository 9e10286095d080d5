using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>What is known of one mail beyond its row.</summary>
internal sealed class SendLogDetails(
    Database database, Statements statements, MailRows rows, MailContents contents, IEmailComposer composer)
{
    public async Task<IReadOnlyList<SendAttempt>> AttemptsAsync(MailRow row, CancellationToken cancellationToken) =>
        [.. (await QueryAsync<AttemptDetails>(MailSql.ListAttempts, row.Id, cancellationToken).ConfigureAwait(false)).Select(attempt => attempt.ToAttempt())];

    public async Task<IReadOnlyList<SendEvent>> EventsAsync(MailRow row, CancellationToken cancellationToken)
    {
        var attempts = await AttemptsAsync(row, cancellationToken).ConfigureAwait(false);
        var noted = await QueryAsync<EventRow>(MailSql.ListEvents, row.Id, cancellationToken).ConfigureAwait(false);
        var entry = row.ToEntry();
        IEnumerable<SendEvent> events =
        [
            new("accepted", entry.QueuedAt, "jamail", null),
            .. attempts.Select(attempt => new SendEvent(
                "attempt", attempt.StartedAt, "jamail", $"{attempt.Outcome}{(attempt.Reply is null ? "" : $": {attempt.Reply}")}")),
            .. noted.Select(item => item.ToEvent()),
        ];
        if (entry.SentAt is { } sentAt)
        {
            events = events.Append(new SendEvent("sent", sentAt, "jamail", null));
        }
        else if (entry.CompletedAt is { } completedAt && noted.All(item => item.ToEvent().Type != row.State.WireName()))
        {
            events = events.Append(new SendEvent(row.State.WireName(), completedAt, "jamail", row.StatusReason));
        }

        return [.. events.OrderBy(item => item.OccurredAt)];
    }

    public async Task<StoredContent> ContentAsync(MailRow row, CancellationToken cancellationToken)
    {
        var full = await FullAsync(row, cancellationToken).ConfigureAwait(false);
        var files = await QueryAsync<AttachmentRow>(MailSql.ListAttachments, row.Id, cancellationToken).ConfigureAwait(false);
        return new StoredContent(
            full.Subject, full.Html!, full.Text, StoredJson.Map(full.Headers), [.. files.Select(file => file.ToStored())]); // FullAsync: it is there.
    }

    public async Task<ReadOnlyMemory<byte>> RawAsync(MailRow row, CancellationToken cancellationToken)
    {
        var full = await FullAsync(row, cancellationToken).ConfigureAwait(false);
        return composer.Compose(await contents.LoadAsync(full, cancellationToken).ConfigureAwait(false)).Content;
    }

    private async Task<MailRow> FullAsync(MailRow row, CancellationToken cancellationToken) =>
        await rows.FindAsync(row.Id, cancellationToken).ConfigureAwait(false) is { Html: not null } full
            ? full
            : throw new MailException(MailError.ContentRemoved, "The content of the e-mail has been removed: its time was over, or it was erased.");

    private Task<IReadOnlyList<TRow>> QueryAsync<TRow>(string statement, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<TRow>(connection, statement, new { id }, token), cancellationToken);
}
