using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Gives jobs of other producers their rows.</summary>
internal sealed class ForeignDeliveries(Database database, Statements statements, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    public Task AdoptAsync(string id, DeliveryJobData job, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await AdoptAsync(transaction, id, job, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

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
            orderingKey = (string?)null,
            channels = (string?)null,
            tags = (string?)null,
            trace = (string?)null,
            traceState = (string?)null,
            occurredAt = now,
            payloadExpiresAt = now + (long)options.Value.KeepPayloads.TotalMilliseconds,
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
            lane = (string?)null,
            seq = (long?)null,
            origin = AttemptOrigin.Schedule,
            jobState = OutboxJobState.None,
            jobDueAt = now,
            now,
            completedAt = (long?)null,
        };
        await statements.ExecuteAsync(transaction, WebhookSql.InsertDelivery, delivery, cancellationToken).ConfigureAwait(false);
    }
}
