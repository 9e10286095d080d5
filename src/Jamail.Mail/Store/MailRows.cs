using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Writes and reads mails as wholes. Reads that arrive together are one statement.</summary>
internal sealed class MailRows : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Statements _statements;
    private readonly MailEvents _events;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<string, MailRow?> _finds;

    public MailRows(Database database, Statements statements, MailEvents events, TimeProvider clock)
    {
        (_database, _statements, _events, _clock) = (database, statements, events, clock);
        _finds = new(FindGroupAsync);
    }

    /// <summary>Stores a mail with its content.</summary>
    /// <returns>False when there is one with this id already, which stays as it is.</returns>
    public async Task<bool> InsertAsync(DbTransaction transaction, MailRow row, CancellationToken cancellationToken)
    {
        var isStored = (await InsertAsync(transaction, [row], cancellationToken).ConfigureAwait(false)).Count > 0;
        if (isStored)
        {
            await TellAsync(transaction, row, cancellationToken).ConfigureAwait(false);
        }

        return isStored;
    }

    /// <summary>Stores mails with their content, and tells nobody yet.</summary>
    /// <returns>The ids of those that were not there already.</returns>
    public Task<IReadOnlyList<string>> InsertAsync(DbTransaction transaction, IReadOnlyList<MailRow> rows, CancellationToken cancellationToken) =>
        InsertAsync(transaction.Connection!, transaction, rows, cancellationToken);

    /// <summary>The same, by one command where there is no transaction.</summary>
    public async Task<IReadOnlyList<string>> InsertAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<MailRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows.Where(row => row.Trace is null))
        {
            (row.Trace, row.TraceState) = CurrentTrace.Read();
        }

        if (_database.Dialect == SqlDialect.Postgres)
        {
            return await _statements.QueryAsync<string>(
                connection, transaction, MailSql.InsertMails, new MailRowColumns(rows), cancellationToken).ConfigureAwait(false);
        }

        var stored = new List<string>(rows.Count);
        foreach (var row in rows)
        {
            stored.AddRange(await _statements.QueryAsync<string>(
                connection, transaction, MailSql.InsertMails, row, cancellationToken).ConfigureAwait(false));
        }

        return stored;
    }

    /// <summary>Whether storing a mail is all: nobody is to be told of it.</summary>
    public bool IsQuiet(MailRow row) =>
        _events.AreQuiet && row is { LeftOut.Count: 0, State: EmailStatus.Queued or EmailStatus.Scheduled };

    /// <summary>Tells that a mail was stored, and which copies it goes without.</summary>
    public async Task TellAsync(DbTransaction transaction, MailRow row, CancellationToken cancellationToken)
    {
        await _events.WriteAsync(transaction, row, new AttemptEnd(row.State, ""), cancellationToken).ConfigureAwait(false);
        if (row.LeftOut.Count > 0)
        {
            await TellLeftOutAsync(transaction, row, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes copies out of a stored mail that were found on the suppression list after it was stored, and tells so.</summary>
    public Task LeaveOutAsync(MailRow row, CancellationToken cancellationToken) => _database.WriteAsync(
        async (transaction, token) =>
        {
            var parameters = new { id = row.Id, cc = row.Cc, bcc = row.Bcc, now = _clock.UnixMs() };
            var changed = await _statements.ExecuteAsync(transaction, MailSql.LeaveOutCopies, parameters, token).ConfigureAwait(false) > 0;
            if (changed)
            {
                await TellLeftOutAsync(transaction, row, token).ConfigureAwait(false);
            }

            return changed;
        },
        cancellationToken);

    /// <summary>Stores the files of a mail, each content once.</summary>
    public async Task InsertFilesAsync(
        DbTransaction transaction, MailRow row, IReadOnlyList<AttachmentRow> files, CancellationToken cancellationToken)
    {
        for (var position = 0; position < files.Count; position++)
        {
            var file = files[position];
            var parameters = new
            {
                id = Ids.New(_clock), logId = row.Id, position, tenant = row.TenantId, hash = file.Sha256, bytes = file.Bytes,
                content = file.Content, fileName = file.FileName, contentType = file.ContentType, contentId = file.ContentId, now = row.QueuedAt,
            };
            await _statements.ExecuteAsync(transaction, MailSql.InsertAttachment, parameters, cancellationToken).ConfigureAwait(false);
            await _statements.ExecuteAsync(transaction, MailSql.InsertLogAttachment, parameters, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<IReadOnlyList<AttachmentRow>> ReadFilesAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            (connection, token) => _statements.QueryAsync<AttachmentRow>(connection, MailSql.FindAttachments, new { id }, token), cancellationToken);

    public Task<MailRow?> FindAsync(string id, CancellationToken cancellationToken) => _finds.RunAsync(id, cancellationToken);

    /// <summary>The mail as the transaction sees it.</summary>
    public Task<MailRow?> FindAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        _statements.FirstAsync<MailRow>(transaction, MailSql.FindMails, new { ids = new[] { id }, now = _clock.UnixMs() }, cancellationToken);

    public ValueTask DisposeAsync() => _finds.DisposeAsync();

    private Task TellLeftOutAsync(DbTransaction transaction, MailRow row, CancellationToken cancellationToken) => _events.NoteAsync(
        transaction, row, "email.copies_left_out", MailEvents.Sending, $"On the suppression list: {string.Join(", ", row.LeftOut)}", cancellationToken);

    private async Task<IReadOnlyList<MailRow?>> FindGroupAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await _database.ReadOftenAsync(
            (connection, token) => _statements.QueryAsync<MailRow>(
                connection, MailSql.FindMails, new { ids = ids.Distinct().ToArray(), now = _clock.UnixMs() }, token),
            cancellationToken).ConfigureAwait(false);
        if (ids.Count == 1)
        {
            return [found.Count == 0 ? null : found[0]];
        }

        // Whoever asks changes the row it gets: asked for twice, it is read twice.
        var rows = found.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var answers = new MailRow?[ids.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = rows.Remove(ids[i], out var row) ? row
                : ids.Take(i).Contains(ids[i], StringComparer.Ordinal) ? await FindOneAsync(ids[i], cancellationToken).ConfigureAwait(false)
                : null;
        }

        return answers;
    }

    private async Task<MailRow?> FindOneAsync(string id, CancellationToken cancellationToken) =>
        (await FindGroupAsync([id], cancellationToken).ConfigureAwait(false))[0];
}
