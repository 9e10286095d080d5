using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Gives one worker at a time the right to make an attempt.</summary>
internal sealed class DeliveryClaims : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Statements _statements;
    private readonly AttemptRows _rows;
    private readonly ForeignDeliveries _foreign;
    private readonly AttemptStore _attempts;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<Wish, bool> _claims;

    public DeliveryClaims(
        Database database,
        Statements statements,
        AttemptRows rows,
        ForeignDeliveries foreign,
        AttemptStore attempts,
        TimeProvider clock)
    {
        _database = database;
        _statements = statements;
        _rows = rows;
        _foreign = foreign;
        _attempts = attempts;
        _clock = clock;
        _claims = new GroupRunner<Wish, bool>(ClaimAsync);
    }

    /// <summary>Reads the delivery of a job; one of another producer gets its rows first.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<ClaimRow?> FindAsync(DeliveryJobData job, CancellationToken cancellationToken)
    {
        var id = RowId.OfDelivery(JamailHostOptions.DefaultTenant, job.DeliveryId);
        var row = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (row is null && job.Payload is not null)
        {
            await _foreign.AdoptAsync(id, job, cancellationToken).ConfigureAwait(false);
            row = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return row;
    }

    /// <summary>Ends a delivery that nothing is sent for.</summary>
    public Task FinishAsync(string id, DeliveryStatus status, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (transaction, token) => _statements.ExecuteAsync(
                transaction, WebhookSql.FinishDelivery, new { id, status = (int)status, now = _clock.UnixMs() }, token),
            cancellationToken);

    /// <summary>Begins an attempt. When the task completes, it is committed that it has begun.</summary>
    /// <returns>Null when the delivery has gone on since it was read.</returns>
    public async Task<DeliveryClaim?> TryClaimAsync(
        ClaimRow row, OutgoingWebhook webhook, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        return await _claims.RunAsync(new Wish(row, token, (long)lease.TotalMilliseconds), cancellationToken).ConfigureAwait(false)
            ? new DeliveryClaim(row, webhook, row.Attempts + 1, token)
            : null;
    }

    /// <summary>The bytes that were accepted: those in the job are the same, unless its payload was a text.</summary>
    public async Task<ReadOnlyMemory<byte>> BodyAsync(ClaimRow row, DeliveryJobData job, CancellationToken cancellationToken)
    {
        if (job.Payload is not null && job.PayloadText is null)
        {
            return job.Payload;
        }

        var body = await _database.ReadAsync(
            (connection, token) => _statements.FirstAsync<string>(connection, WebhookSql.FindBody, new { eventId = row.EventId }, token),
            cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetBytes(body ?? "");
    }

    public ValueTask DisposeAsync() => _claims.DisposeAsync();

    private Task<ClaimRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            (connection, token) => _statements.FirstAsync<ClaimRow>(connection, WebhookSql.FindClaim, new { id }, token), cancellationToken);

    private Task<IReadOnlyList<bool>> ClaimAsync(IReadOnlyList<Wish> wishes, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<bool>>(
            async (transaction, token) =>
            {
                var now = _clock.UnixMs();

                // Two jobs of one delivery may meet in a group: only one of them can begin.
                var firsts = wishes.DistinctBy(wish => wish.Row.Id).ToList();
                var begun = await _rows.ClaimAsync(
                    transaction,
                    [.. firsts.Select(wish => new ClaimParameters(wish.Row.Id, wish.Row.Attempts, wish.Token, now + wish.Lease))],
                    now,
                    token).ConfigureAwait(false);
                foreach (var wish in firsts.Where(wish => wish.Row.Status == (int)DeliveryStatus.Sending && begun.Contains(wish.Row.Id)))
                {
                    await _attempts.InsertLostAsync(transaction, wish.Row, wish.Lease, token).ConfigureAwait(false);
                }

                var granted = firsts.Where(wish => begun.Contains(wish.Row.Id)).Select(wish => wish.Token).ToHashSet(StringComparer.Ordinal);
                return [.. wishes.Select(wish => granted.Contains(wish.Token))];
            },
            cancellationToken);

    private sealed record Wish(ClaimRow Row, string Token, long Lease);
}
