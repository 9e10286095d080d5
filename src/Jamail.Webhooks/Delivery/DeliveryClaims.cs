using System.Data.Common;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Gives one worker at a time the right to make an attempt.</summary>
internal sealed class DeliveryClaims : IAsyncDisposable
{
    private const int Overlap = 2;

    private readonly Database _database;
    private readonly Statements _statements;
    private readonly AttemptRows _rows;
    private readonly ForeignDeliveries _foreign;
    private readonly AttemptStore _attempts;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<string, ClaimRow?> _finds;
    private readonly GroupRunner<Wish, bool> _claims;
    private readonly GroupRunner<ReadyClaim, ClaimRow?> _ready;

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
        _finds = new GroupRunner<string, ClaimRow?>(FindAsync, overlap: Overlap);
        _claims = new GroupRunner<Wish, bool>(ClaimAsync, overlap: Overlap);
        _ready = new GroupRunner<ReadyClaim, ClaimRow?>(ClaimReadyAsync, overlap: Overlap);
    }

    /// <summary>The delivery of a job.</summary>
    public static string RowOf(DeliveryJobData job) => RowId.OfDelivery(JamailHostOptions.DefaultTenant, job.DeliveryId);

    /// <summary>Reads the delivery of a job; one of another producer gets its rows first.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<ClaimRow?> FindAsync(DeliveryJobData job, CancellationToken cancellationToken)
    {
        var id = RowOf(job);
        var row = await _finds.RunAsync(id, cancellationToken).ConfigureAwait(false);
        if (row is null && job.Payload is not null)
        {
            await _foreign.AdoptAsync(id, job, cancellationToken).ConfigureAwait(false);
            row = await _finds.RunAsync(id, cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// Reads a delivery and begins an attempt in one statement, when it waits for nothing, no person asked for it, and its endpoint is
    /// active and as it is known. When the task completes, it is committed that it has begun.
    /// </summary>
    /// <returns>Null when it is not so; nothing was changed then.</returns>
    public async Task<DeliveryClaim?> TryClaimReadyAsync(
        string id, KnownEndpoint known, byte[] body, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        var wish = new ReadyClaim(id, known.Terms.WebhookId, known.Version, token, (long)known.Terms.Lease.TotalMilliseconds);
        if (await _ready.RunAsync(wish, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        var webhook = new OutgoingWebhook
        {
            Url = row.Url!, // Of an endpoint that is there.
            EventId = row.EventId,
            EventType = row.EventType,
            Secrets = known.Secrets,
            Body = body,
            Profile = (WebhookSignatureProfile?)row.SignatureProfile,
            Timeout = row.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
            Headers = known.Headers,
        };
        return new DeliveryClaim(row, webhook, row.Attempts + 1, token);
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

    public async ValueTask DisposeAsync()
    {
        await _finds.DisposeAsync().ConfigureAwait(false);
        await _claims.DisposeAsync().ConfigureAwait(false);
        await _ready.DisposeAsync().ConfigureAwait(false);
    }

    private Task<IReadOnlyList<ClaimRow?>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ClaimRow?>>(
            async (connection, token) =>
            {
                var rows = await _statements.QueryAsync<ClaimRow>(
                    connection, WebhookSql.FindClaim, new { ids = ids.Distinct(StringComparer.Ordinal).ToArray() }, token).ConfigureAwait(false);
                var found = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
                return [.. ids.Select(id => found.GetValueOrDefault(id))];
            },
            cancellationToken);

    // A worker that died during an attempt leaves a row of it, which is stored together with the claim.
    private Task<IReadOnlyList<bool>> ClaimAsync(IReadOnlyList<Wish> wishes, CancellationToken cancellationToken) =>
        wishes.Any(IsLost)
            ? _database.WriteAsync(
                (transaction, token) => ClaimAsync(transaction.Connection!, transaction, wishes, token), cancellationToken)
            : _database.WriteOnceAsync(
                (connection, transaction, token) => ClaimAsync(connection, transaction, wishes, token), cancellationToken);

    private async Task<IReadOnlyList<bool>> ClaimAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<Wish> wishes, CancellationToken cancellationToken)
    {
        var now = _clock.UnixMs();

        // Two jobs of one delivery may meet in a group: only one of them can begin.
        var firsts = wishes.DistinctBy(wish => wish.Row.Id).ToList();
        var begun = await _rows.ClaimAsync(
            connection,
            transaction,
            [.. firsts.Select(wish => new ClaimParameters(wish.Row.Id, wish.Row.Attempts, wish.Token, now + wish.Lease))],
            now,
            cancellationToken).ConfigureAwait(false);
        foreach (var wish in firsts.Where(wish => IsLost(wish) && begun.Contains(wish.Row.Id)))
        {
            await _attempts.InsertLostAsync(transaction!, wish.Row, wish.Lease, cancellationToken).ConfigureAwait(false);
        }

        var granted = firsts.Where(wish => begun.Contains(wish.Row.Id)).Select(wish => wish.Token).ToHashSet(StringComparer.Ordinal);
        return [.. wishes.Select(wish => granted.Contains(wish.Token))];
    }

    private Task<IReadOnlyList<ClaimRow?>> ClaimReadyAsync(IReadOnlyList<ReadyClaim> wishes, CancellationToken cancellationToken) =>
        _database.WriteOftenAsync<IReadOnlyList<ClaimRow?>>(
            async (connection, transaction, token) =>
            {
                var firsts = wishes.DistinctBy(wish => wish.Id).ToList();
                var rows = await _rows.ClaimReadyAsync(connection, transaction, firsts, _clock.UnixMs(), token).ConfigureAwait(false);
                var begun = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);

                // Two jobs of one delivery may meet in a group: only one of them can begin.
                return [.. wishes.Select(wish => begun.Remove(wish.Id, out var row) ? row : null)];
            },
            cancellationToken);

    private static bool IsLost(Wish wish) => wish.Row.Status == (int)DeliveryStatus.Sending;

    private sealed record Wish(ClaimRow Row, string Token, long Lease);
}
