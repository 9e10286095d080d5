using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Writes and reads mails as wholes.</summary>
internal sealed class MailRows(Database database, Statements statements, MailEvents events, TimeProvider clock)
{
    /// <summary>Stores a mail with its content.</summary>
    /// <returns>False when there is one with this id already, which stays as it is.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, MailRow row, CancellationToken cancellationToken)
    {
        (row.Trace, row.TraceState) = CurrentTrace.Read();
        if (await statements.ExecuteAsync(transaction, MailSql.InsertMail, row, cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        await events.WriteAsync(transaction, row, new AttemptEnd(row.State, ""), cancellationToken).ConfigureAwait(false);
        if (row.LeftOut.Count > 0)
        {
            await events.NoteAsync(
                transaction, row, "email.copies_left_out", MailEvents.Sending, $"On the suppression list: {string.Join(", ", row.LeftOut)}", cancellationToken)
                .ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Stores the files of a mail, each content once.</summary>
    public async Task InsertFilesAsync(
        DbTransaction transaction, MailRow row, IReadOnlyList<AttachmentRow> files, CancellationToken cancellationToken)
    {
        for (var position = 0; position < files.Count; position++)
        {
            var file = files[position];
            var parameters = new
            {
                id = Ids.New(clock), logId = row.Id, position, tenant = row.TenantId, hash = file.Sha256, bytes = file.Bytes,
                content = file.Content, fileName = file.FileName, contentType = file.ContentType, contentId = file.ContentId, now = row.QueuedAt,
            };
            await statements.ExecuteAsync(transaction, MailSql.InsertAttachment, parameters, cancellationToken).ConfigureAwait(false);
            await statements.ExecuteAsync(transaction, MailSql.InsertLogAttachment, parameters, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<IReadOnlyList<AttachmentRow>> ReadFilesAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.QueryAsync<AttachmentRow>(connection, MailSql.FindAttachments, new { id }, token), cancellationToken);

    public Task<MailRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<MailRow>(connection, MailSql.FindMail, new { id }, token), cancellationToken);
}
