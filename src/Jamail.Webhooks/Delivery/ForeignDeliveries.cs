using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Gives jobs of other producers their rows.</summary>
internal sealed class ForeignDeliveries(
    Database database, Statements statements, EventRows rows, IOptions<WebhooksOptions> options, TimeProvider clock)
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
        var stored = new EventParameters
        {
            Id = eventId,
            Tenant = tenant,
            Type = job.Event,
            OccurredAt = now,
            PayloadExpiresAt = now + (long)options.Value.KeepPayloads.TotalMilliseconds,
            Now = now,
            Body = Encoding.UTF8.GetString(body),
            Sha256 = SHA256.HashData(body),
            Bytes = body.Length,
        };
        await rows.InsertAsync(transaction, [stored], cancellationToken).ConfigureAwait(false);
        var delivery = new DeliveryParameters
        {
            Id = id,
            CompatId = id == job.DeliveryId ? null : job.DeliveryId,
            EventId = eventId,
            WebhookId = webhookId,
            Tenant = tenant,
            Type = job.Event,
            Status = (int)DeliveryStatus.Pending,
            Origin = AttemptOrigin.Schedule,
            JobState = OutboxJobState.None,
            JobDueAt = now,
            Now = now,
        };
        await rows.InsertAsync(transaction, [delivery], cancellationToken).ConfigureAwait(false);
    }
}
