using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Writes and reads mails as wholes.</summary>
internal sealed class MailRows(Database database, Statements statements, MailEvents events)
{
    /// <summary>Stores a mail with its content.</summary>
    /// <returns>False when there is one with this id already, which stays as it is.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, MailRow row, CancellationToken cancellationToken)
    {
        if (await statements.ExecuteAsync(transaction, MailSql.InsertMail, row, cancellationToken).ConfigureAwait(false) == 0)
        {
            return false;
        }

        await statements.ExecuteAsync(
            transaction, MailSql.InsertMailBody, new { row.Id, row.Html, row.Text, row.Headers }, cancellationToken).ConfigureAwait(false);
        await events.WriteAsync(transaction, row, new AttemptEnd(row.State, ""), cancellationToken).ConfigureAwait(false);
        return true;
    }

    public Task<MailRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<MailRow>(connection, MailSql.FindMail, new { id }, token), cancellationToken);
}
