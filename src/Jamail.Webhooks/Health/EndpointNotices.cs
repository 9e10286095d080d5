using System.Data.Common;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// Tells what happened to endpoints: as an event to the tenant's other endpoints, and to everybody who implements
/// <see cref="IEndpointNotice"/>.
/// </summary>
internal sealed class EndpointNotices(
    IEnumerable<IEndpointNotice> listeners,
    EventStore events,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<EndpointNotices> logger)
{
    // Begins the types of events about webhooks; what happens to these is not told as an event, or it would never end.
    private const string Prefix = "webhook.";
    private const string Savepoint = "jamail_notice";

    /// <returns>Whether events were published that want jobs.</returns>
    public async Task<bool> TellAsync(
        DbTransaction transaction, ClaimRow row, EndpointNoticeKind kind, HealthRow? health, string? error, CancellationToken cancellationToken)
    {
        var since = UnixTime.From(health?.FailingSince);
        var notice = new EndpointNotice
        {
            Kind = kind,
            Tenant = row.TenantId,
            WebhookId = row.WebhookId,
            Url = row.Url ?? "",
            OwnerEmail = row.OwnerEmail,
            FailingSince = since,
            DisabledAt = kind == EndpointNoticeKind.Failing ? since + options.Value.DisableAfter : null,
            Failures = health?.ConsecutiveFailures ?? 0,
            Error = error,
            At = clock.GetUtcNow(),
        };
        foreach (var listener in listeners)
        {
            await TellAsync(transaction, listener, notice, cancellationToken).ConfigureAwait(false);
        }

        var payload = new
        {
            webhookId = notice.WebhookId,
            url = notice.Url,
            failingSince = notice.FailingSince,
            disabledAt = notice.DisabledAt,
            failures = notice.Failures,
            error = notice.Error,
        };
        return await PublishAsync(
            transaction, row, $"{Prefix}endpoint.{kind.ToString().ToLowerInvariant()}", payload, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A delivery was given up.</summary>
    public Task<bool> ExhaustedAsync(DbTransaction transaction, EndedAttempt ended, CancellationToken cancellationToken) =>
        TellDeliveryAsync(transaction, ended, "exhausted", cancellationToken);

    /// <summary>A delivery succeeded after several attempts.</summary>
    public Task<bool> DeliveredLateAsync(DbTransaction transaction, EndedAttempt ended, CancellationToken cancellationToken) =>
        TellDeliveryAsync(transaction, ended, "recovered", cancellationToken);

    private Task<bool> TellDeliveryAsync(
        DbTransaction transaction, EndedAttempt ended, string what, CancellationToken cancellationToken)
    {
        var row = ended.Claim.Row;
        var payload = new
        {
            deliveryId = row.Id,
            webhookId = row.WebhookId,
            eventId = row.EventId,
            @event = row.EventType,
            attempts = ended.Claim.Number,
            statusCode = ended.Answer.StatusCode,
            error = ended.Answer.Error,
        };
        return PublishAsync(transaction, row, $"{Prefix}delivery.{what}", payload, cancellationToken);
    }

    private async Task<bool> PublishAsync<TPayload>(
        DbTransaction transaction, ClaimRow about, string type, TPayload payload, CancellationToken cancellationToken)
    {
        if (about.EventType.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var body = CanonicalJson.From(JsonSerializer.SerializeToUtf8Bytes(payload, JsonSerializerOptions.Web));
        var told = EventToPublish.Of(Ids.New(clock), type, body, new PublishOptions { Tenant = about.TenantId }) with { ExceptWebhookId = about.WebhookId };
        await events.TryInsertAsync(transaction, told, cancellationToken).ConfigureAwait(false);
        var (total, _) = await events.FanOutAsync(transaction, told, isOwn: false, cancellationToken).ConfigureAwait(false);
        return total > 0;
    }

    private async Task TellAsync(
        DbTransaction transaction, IEndpointNotice listener, EndpointNotice notice, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        try
        {
            await listener.WriteAsync(notice, transaction, cancellationToken).ConfigureAwait(false);
            await transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (StoreUnavailableException or OperationCanceledException))
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken).ConfigureAwait(false);
            logger.NoticeNotWritten(notice.WebhookId, notice.Kind.ToString(), fault);
        }
    }
}
