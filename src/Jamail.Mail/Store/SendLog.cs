using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The send log for people and programs to look at.</summary>
internal sealed class SendLog(Database database, Statements statements, MailAddressHash hashes, SendLogDetails details) : ISendLog
{
    private const int MaxPageSize = 200;
    private const int LongestDays = 31;

    public async Task<SendLogEntry?> TryGetAsync(string id, string tenant, CancellationToken cancellationToken) =>
        (await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false))?.ToEntry();

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

        var parameters = new
        {
            tenant = query.Tenant,
            status = (int?)query.Status,
            hash,
            category = query.Category,
            template = query.Template,
            tag = query.Tag is null ? null : $"%\"{Escape(query.Tag)}\"%",
            batch = query.BatchId,
            provider = query.Provider,
            since = query.From?.ToUnixTimeMilliseconds(),
            until = query.Until?.ToUnixTimeMilliseconds(),
            at = cursor.At,
            id = cursor.Id,
            count = query.PageSize + 1,
        };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<MailRow>(connection, MailSql.ListMails, parameters, token),
            cancellationToken).ConfigureAwait(false);
        var items = rows.Take(query.PageSize).ToList();
        return new Page<SendLogEntry>(
            items.ConvertAll(row => row.ToEntry()),
            rows.Count > query.PageSize ? new PageCursor(items[^1].QueuedAt, items[^1].Id).Encode() : null);
    }

    public async Task<IReadOnlyList<SendAttempt>?> TryListAttemptsAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await details.AttemptsAsync(row, cancellationToken).ConfigureAwait(false)
            : null;

    public async Task<IReadOnlyList<SendEvent>?> TryListEventsAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await details.EventsAsync(row, cancellationToken).ConfigureAwait(false)
            : null;

    public async Task<StoredContent?> TryGetContentAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await details.ContentAsync(row, cancellationToken).ConfigureAwait(false)
            : null;

    public async Task<ReadOnlyMemory<byte>?> TryGetRawAsync(string id, string tenant, CancellationToken cancellationToken) =>
        await FindAsync(id, tenant, cancellationToken).ConfigureAwait(false) is { } row
            ? await details.RawAsync(row, cancellationToken).ConfigureAwait(false)
            : (ReadOnlyMemory<byte>?)null;

    public async Task<MailStats> CountAsync(DateTimeOffset since, DateTimeOffset until, string tenant, CancellationToken cancellationToken)
    {
        if (until <= since || until - since > TimeSpan.FromDays(LongestDays))
        {
            throw new InvalidInputException(
                "until", $"It must lie after 'since', by {LongestDays} days at most.", "Give a shorter time, or several.");
        }

        var parameters = new { tenant, since = since.ToUnixTimeMilliseconds(), until = until.ToUnixTimeMilliseconds() };
        var rows = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<MailCountRow>(connection, MailSql.CountMails, parameters, token),
            cancellationToken).ConfigureAwait(false);
        return new MailStats(since, until, [.. rows.Select(row => row.ToCount())]);
    }

    private Task<MailRow?> FindAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var parameters = new { tenant, id = EmailId.TryParse(id, out var known) ? known.Value : "", compatId = id };
        return database.ReadAsync(
            (connection, token) => statements.FirstAsync<MailRow>(connection, MailSql.GetMail, parameters, token), cancellationToken);
    }

    private static string Escape(string tag) =>
        tag.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
