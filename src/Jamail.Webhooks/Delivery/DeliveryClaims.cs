using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Gives one worker at a time the right to make an attempt.</summary>
internal sealed class DeliveryClaims(
    Database database,
    Statements statements,
    EndpointStore endpoints,
    AttemptStore attempts,
    IOptions<WebhooksOptions> options,
    TimeProvider clock)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly long _lease = (long)(options.Value.Timeout + Margin).TotalMilliseconds;

    public Task<ClaimResult> ClaimAsync(DeliveryJobData job, CancellationToken cancellationToken) =>
        database.WriteAsync((transaction, token) => ClaimAsync(transaction, job, token), cancellationToken);

    private async Task<ClaimResult> ClaimAsync(DbTransaction transaction, DeliveryJobData job, CancellationToken cancellationToken)
    {
        var row = await FindAsync(transaction, job, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            return new ClaimResult.Impossible($"There is no delivery '{job.DeliveryId}' in the database.");
        }

        var now = clock.UnixMs();
        switch ((DeliveryStatus)row.Status)
        {
            case DeliveryStatus.Sending when row.ClaimUntil > now:
                return new ClaimResult.Busy(TimeSpan.FromMilliseconds(row.ClaimUntil.Value - now));
            case DeliveryStatus.Sending:
                await attempts.InsertLostAsync(transaction, row, _lease, cancellationToken).ConfigureAwait(false);
                break;
            case not (DeliveryStatus.Pending or DeliveryStatus.Retrying):
                return new ClaimResult.Ended();
        }

        if (WithoutSending(row) is { } status)
        {
            await statements.ExecuteAsync(
                transaction, WebhookSql.FinishDelivery, new { id = row.Id, status = (int)status, now }, cancellationToken).ConfigureAwait(false);
            return new ClaimResult.Ended();
        }

        var secrets = row.Url is null ? [] : await endpoints.SecretsAsync(transaction, row.WebhookId, cancellationToken).ConfigureAwait(false);
        if (secrets.Count == 0)
        {
            if (!WebhookSecret.TryParse(job.Secret, out var secret, out var problem))
            {
                return new ClaimResult.Impossible($"Member '/secret' of the job's data: {problem.Rule} {problem.Fix}");
            }

            secrets = [secret];
        }

        var token = Guid.NewGuid().ToString("N");
        await statements.ExecuteAsync(
            transaction, WebhookSql.ClaimDelivery, new { id = row.Id, token, until = now + _lease }, cancellationToken).ConfigureAwait(false);
        return new ClaimResult.Claimed(new DeliveryClaim
        {
            Id = row.Id,
            EventId = row.EventId,
            WebhookId = row.WebhookId,
            Url = row.Url ?? job.Url ?? "",
            Secrets = secrets,
            Body = await BodyAsync(transaction, row, job, cancellationToken).ConfigureAwait(false),
            Number = row.Attempts + 1,
            Token = token,
        });
    }

    // One attempt asked for by a person is made even when the endpoint is switched off.
    private static DeliveryStatus? WithoutSending(ClaimRow row) => (row.EndpointStatus, row.Resend) switch
    {
        (EndpointRow.Deleted, _) => DeliveryStatus.Discarded,
        ((int)WebhookEndpointStatus.Gone, 0) => DeliveryStatus.Discarded,
        ((int)WebhookEndpointStatus.Paused or (int)WebhookEndpointStatus.Disabled, 0) => DeliveryStatus.Skipped,
        _ => null,
    };

    /// <summary>The bytes that were accepted: those in the job are the same, unless its payload was a text.</summary>
    private async Task<ReadOnlyMemory<byte>> BodyAsync(
        DbTransaction transaction, ClaimRow row, DeliveryJobData job, CancellationToken cancellationToken)
    {
        if (job.Payload is not null && job.PayloadText is null)
        {
            return job.Payload;
        }

        var body = await statements.FirstAsync<string>(
            transaction, WebhookSql.FindBody, new { eventId = row.EventId }, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetBytes(body ?? "");
    }

    private async Task<ClaimRow?> FindAsync(DbTransaction transaction, DeliveryJobData job, CancellationToken cancellationToken)
    {
        var id = RowId.OfDelivery(JamailHostOptions.DefaultTenant, job.DeliveryId);
        var row = await LockAsync(transaction, id, cancellationToken).ConfigureAwait(false);
        if (row is null && job.Payload is not null)
        {
            await AdoptAsync(transaction, id, job, cancellationToken).ConfigureAwait(false);
            row = await LockAsync(transaction, id, cancellationToken).ConfigureAwait(false);
        }

        return row;
    }

    private Task<ClaimRow?> LockAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        statements.FirstAsync<ClaimRow>(transaction, WebhookSql.LockDelivery, new { id }, cancellationToken);

    /// <summary>Gives a job of another producer its rows.</summary>
    private async Task AdoptAsync(DbTransaction transaction, string id, DeliveryJobData job, CancellationToken cancellationToken)
    {
        var webhookId = RowId.TryParse(job.WebhookId) ?? job.WebhookId;
        var tenant = await statements.FirstAsync<string>(
            transaction, WebhookSql.FindEndpointTenant, new { id = webhookId }, cancellationToken).ConfigureAwait(false)
            ?? JamailHostOptions.DefaultTenant;
        var now = clock.UnixMs();
        var eventId = RowId.OfForeignEvent(job.DeliveryId);
        var body = job.PayloadText is { } text ? Encoding.UTF8.GetBytes(text) : job.Payload!; // The caller has looked.
        var stored = new
        {
            id = eventId,
            tenant,
            type = job.Event,
            uid = (string?)null,
            occurredAt = now,
            now,
            body = Encoding.UTF8.GetString(body),
            sha256 = SHA256.HashData(body),
            bytes = body.Length,
        };
        await statements.ExecuteAsync(transaction, WebhookSql.InsertEvent, stored, cancellationToken).ConfigureAwait(false);
        var delivery = new
        {
            id,
            compatId = id == job.DeliveryId ? null : job.DeliveryId,
            eventId,
            webhookId,
            tenant,
            type = job.Event,
            status = (int)DeliveryStatus.Pending,
            jobState = OutboxJobState.None,
            jobDueAt = now,
            now,
            completedAt = (long?)null,
        };
        await statements.ExecuteAsync(transaction, WebhookSql.InsertDelivery, delivery, cancellationToken).ConfigureAwait(false);
    }
}
