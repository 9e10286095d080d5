using System.Data.Common;
using System.Diagnostics;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Stores mails with what belongs to them. Mails that arrive together and in nobody's transaction share one.</summary>
internal sealed class MailStores : IAsyncDisposable
{
    private readonly Database _database;
    private readonly MailRows _rows;
    private readonly SuppressionList _suppressions;
    private readonly OutboxSettings _settings;
    private readonly CommitSignal _signal;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<Pending, bool> _stores;

    public MailStores(
        Database database, MailRows rows, SuppressionList suppressions, OutboxSettings settings, CommitSignal signal, TimeProvider clock)
    {
        (_database, _rows, _suppressions, _settings, _signal, _clock) = (database, rows, suppressions, settings, signal, clock);
        _stores = new(StoreGroupAsync, maxSize: 100);
    }

    /// <summary>Looks the mail up in the suppression list and stores it; it is committed when the task completes.</summary>
    public Task StoreAsync(MailDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (draft.Row.Trace, draft.Row.TraceState) = CurrentTrace.Read();
        return _stores.RunAsync(new Pending(draft, Activity.Current), cancellationToken);
    }

    /// <summary>Stores mails that were looked up.</summary>
    /// <param name="transaction">Makes them facts.</param>
    /// <param name="drafts">What to store.</param>
    /// <param name="isCallers">The transaction is the application's: their jobs are added when it commits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<MailDraft> drafts, bool isCallers, CancellationToken cancellationToken)
    {
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
        return await _database.WriteAsync<IReadOnlyList<bool>>(
            async (transaction, token) =>
            {
                await InsertAsync(transaction, group, isCallers: false, token).ConfigureAwait(false);
                return [.. group.Select(_ => true)];
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<Pending> group, bool isCallers, CancellationToken cancellationToken)
    {
        // Until then nobody else adds the job of a row that its own call is about to add.
        var lease = isCallers ? 0 : _clock.UnixMs() + (long)_settings.ConfirmWithin.TotalMilliseconds;
        var rows = group.Select(pending => pending.Draft.Row).ToList();
        foreach (var row in rows.Where(row => row.State == EmailStatus.Queued))
        {
            row.JobDueAt = lease;
        }

        await _rows.InsertAsync(transaction, rows, cancellationToken).ConfigureAwait(false);
        foreach (var ((row, files), span) in group)
        {
            Activity.Current = span; // Mails of several traces are stored together.
            await _rows.TellAsync(transaction, row, cancellationToken).ConfigureAwait(false);
            await _rows.InsertFilesAsync(transaction, row, files, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Pending(MailDraft Draft, Activity? Span)
    {
        public bool IsLookedUp { get; set; }
    }
}
