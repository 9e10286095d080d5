using System.Globalization;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>Settles rows from the queue's events, as other workers finish their jobs.</summary>
internal sealed class FinishedElsewhere<TRow>(IOutboxStore<TRow> rows, IJobQueueInspector inspector, TimeProvider clock)
    where TRow : OutboxRow
{
    private string? _position;
    private string? _saved;
    private bool _isRead;

    /// <summary>Reads the events to their end.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!_isRead)
        {
            _saved = _position = await rows.ReadEventPositionAsync(cancellationToken).ConfigureAwait(false);
            _isRead = true;
        }

        FinishedJobPage page;
        do
        {
            page = await inspector.GetFinishedAsync(_position, OutboxSettings.PageSize, cancellationToken).ConfigureAwait(false);
            var findings = page.Items.Select(Finding).OfType<OutboxFinding>().ToList();
            if (findings.Count > 0)
            {
                await rows.SettleAsync(findings, clock.UnixMs(), cancellationToken).ConfigureAwait(false);
            }

            _position = page.Position ?? _position;
        }
        while (!page.IsEnd);
    }

    /// <summary>Keeps the position for the next start. What was read twice changes nothing.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_position is not null && _position != _saved)
        {
            await rows.SaveEventPositionAsync(_position, cancellationToken).ConfigureAwait(false);
            _saved = _position;
        }
    }

    private OutboxFinding? Finding(FinishedJob job) =>
        rows.RowOf(job.Id.Value) is { } id
            ? new OutboxFinding(
                id,
                job.State == JobState.Completed ? OutboxFindingKind.Completed : OutboxFindingKind.Failed,
                job.At.ToUnixTimeMilliseconds(),
                job.FailedReason) { JobSeq = SeqOf(job.Id.Value, id) }
            : null;

    // prefix-<row>, prefix-<row>-2, …
    private static int? SeqOf(string jobId, string rowId)
    {
        var rest = jobId.AsSpan(jobId.IndexOf(rowId, StringComparison.OrdinalIgnoreCase) + rowId.Length);
        return rest.IsEmpty ? 1 : int.TryParse(rest[1..], CultureInfo.InvariantCulture, out var seq) ? seq : null;
    }
}
