using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The send log for people and programs to look at.</summary>
internal sealed class SendLog(Database database, Statements statements, MailAddressHash hashes) : ISendLog
{
    private const int MaxPageSize = 200;

    public async Task<SendLogEntry?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var parameters = new { tenant, id = EmailId.TryParse(id, out var known) ? known.Value : "", compatId = id };
        var row = await database.ReadAsync(
            (connection, token) => statements.FirstAsync<MailRow>(connection, MailSql.GetMail, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return row?.ToEntry();
    }

    public async Task<Page<SendLogEntry>> ListAsync(SendLogQuery query, CancellationToken cancellationToken)
    {
        var cursor = MailInput.Cursor(query.Cursor, query.PageSize, MaxPageSize);
        byte[]? hash = null;
        if (query.Recipient is not null)
        {
            if (!EmailAddressParser.TryParse(query.Recipient, out var address, out _))
            {
                return new Page<SendLogEntry>([], null);
            }

            hash = hashes.Of(query.Tenant, address.Address);
        }

        var statement = (query.Status, hash) switch
        {
            (null, null) => MailSql.ListMails,
            (_, null) => MailSql.ListMailsByStatus,
            (null, _) => MailSql.ListMailsByRecipient,
            _ => MailSql.ListMailsByBoth,
        };
        var parameters = new
        {
            tenant = query.Tenant,
            status = (int)(query.Status ?? 0),
            hash,
            at = cursor.At,
            id = cursor.Id,
            count = query.PageSize + 1,
        };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<MailRow>(connection, statement, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var items = rows.Take(query.PageSize).ToList();
        return new Page<SendLogEntry>(
            items.ConvertAll(row => row.ToEntry()),
            rows.Count > query.PageSize ? new PageCursor(items[^1].QueuedAt, items[^1].Id).Encode() : null);
    }
}
