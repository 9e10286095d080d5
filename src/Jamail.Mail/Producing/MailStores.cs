using System.Data.Common;
using System.Diagnostics;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>
/// Stores mails with what belongs to them. Mails that arrive together and in nobody's transaction share one. A mail that is suppressed is
/// stored or refused, as the host wants it.
/// </summary>
internal sealed class MailStores : IAsyncDisposable
{
    private readonly Database _database;
    private readonly MailRows _rows;
    private readonly SuppressionList _suppressions;
    private readonly OutboxSettings _settings;
    private readonly CommitSignal _signal;
    private readonly BulkFeed _bulk;
    private readonly IOptions<MailOptions> _options;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<Pending, bool> _stores;

    public MailStores(
        Database database,
        MailRows rows,
        SuppressionList suppressions,
        OutboxSettings settings,
        CommitSignal signal,
        BulkFeed bulk,
        IOptions<MailOptions> options,
        TimeProvider clock)
    {
        (_database, _rows, _suppressions, _settings) = (database, rows, suppressions, settings);
        (_signal, _bulk, _options, _clock) = (signal, bulk, options, clock);
        _stores = new(StoreGroupAsync, maxSize: 100);
    }

    /// <summary>Looks the mail up in the suppression list and stores it; it is committed when the task completes.</summary>
    /// <exception cref="MailException">It is suppressed, and such are refused.</exception>
    public async Task StoreAsync(MailDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (draft.Row.Trace, draft.Row.TraceState) = CurrentTrace.Read();
        if (!await _stores.RunAsync(new Pending(draft, Activity.Current), cancellationToken).ConfigureAwait(false))
        {
            throw Refusal(draft.Row);
        }
    }

    /// <summary>Whether a mail that was looked up must not be stored.</summary>
    public bool Refuses(MailRow row) => _options.Value.RefuseSuppressed && row.State == EmailStatus.Suppressed;

    /// <summary>Stores mails that were looked up.</summary>
    /// <param name="transaction">Makes them facts.</param>
    /// <param name="drafts">What to store.</param>
    /// <param name="isCallers">The transaction is the application's: their jobs are added when it commits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MailException">One is suppressed, and such are refused.</exception>
    public async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<MailDraft> drafts, bool isCallers, CancellationToken cancellationToken)
    {
        if (drafts.FirstOrDefault(draft => Refuses(draft.Row)) is { } refused)
        {
            throw Refusal(refused.Row);
        }

        await InsertAsync(transaction, [.. drafts.Select(draft => new Pending(draft, Activity.Current))], isCallers, cancellationToken)
            .ConfigureAwait(false);
        if (isCallers)
        {
            await _signal.AnnounceAsync(transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private async Task<IReadOnlyList<bool>> StoreGroupAsync(IReadOnlyList<Pending> group, CancellationToken cancellationToken)
    {
        // A group may run again, each mail alone: what was found stands.
        var unknown = group.Where(pending => !pending.IsLookedUp).ToList();
        await _suppressions.ApplyAsync([.. unknown.Select(pending => pending.Draft.Row)], cancellationToken).ConfigureAwait(false);
        unknown.ForEach(pending => pending.IsLookedUp = true);
        var accepted = group.Where(pending => !Refuses(pending.Draft.Row)).ToList();
        if (accepted.Count > 0 && accepted.TrueForAll(pending => pending.Draft.Files.Count == 0 && _rows.IsQuiet(pending.Draft.Row)))
        {
            // Storing is all, so it needs no transaction.
            var rows = Leased(accepted, isCallers: false);
            await _database.WriteOftenAsync(
                (connection, transaction, token) => _rows.InsertAsync(connection, transaction, rows, token), cancellationToken).ConfigureAwait(false);
        }
        else if (accepted.Count > 0)
        {
            await _database.WriteAsync(
                async (transaction, token) =>
                {
                    await InsertAsync(transaction, accepted, isCallers: false, token).ConfigureAwait(false);
                    return accepted.Count;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return [.. group.Select(pending => !Refuses(pending.Draft.Row))];
    }

    private async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<Pending> group, bool isCallers, CancellationToken cancellationToken)
    {
        await _rows.InsertAsync(transaction, Leased(group, isCallers), cancellationToken).ConfigureAwait(false);
        foreach (var ((row, files), span) in group)
        {
            Activity.Current = span; // Mails of several traces are stored together.
            await _rows.TellAsync(transaction, row, cancellationToken).ConfigureAwait(false);
            await _rows.InsertFilesAsync(transaction, row, files, cancellationToken).ConfigureAwait(false);
        }
    }

    private List<MailRow> Leased(IReadOnlyList<Pending> group, bool isCallers)
    {
        // Until then nobody else adds the job of a row that its own call is about to add.
        var lease = isCallers ? 0 : _clock.UnixMs() + (long)_settings.ConfirmWithin.TotalMilliseconds;
        var rows = group.Select(pending => pending.Draft.Row).ToList();
        foreach (var row in rows.Where(row => row.State == EmailStatus.Queued))
        {
            row.JobDueAt = lease;
        }

        rows.ForEach(_bulk.Admit);
        return rows;
    }

    private static MailException Refusal(MailRow row) =>
        new(MailError.RecipientSuppressed, $"{row.StatusReason} Take it off the list, or do not write to it."); // Suppressed: there is a reason.

    private sealed record Pending(MailDraft Draft, Activity? Span)
    {
        public bool IsLookedUp { get; set; }
    }
}
