using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>What became of attempts.</summary>
internal sealed class AttemptStore(
    Database database, Statements statements, EndpointStore endpoints, OutboxSettings settings, TimeProvider clock)
{
    private static readonly string Worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Records an attempt and what it means. When the task completes, both are committed.</summary>
    public Task EndAsync(
        DeliveryClaim claim, DateTimeOffset startedAt, DeliveryAnswer answer, AttemptEnd end, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                await InsertAsync(transaction, claim, startedAt, answer, end, token).ConfigureAwait(false);
                await UpdateAsync(transaction, claim, answer, end, token).ConfigureAwait(false);
                if (end.IsGone)
                {
                    await endpoints.MarkGoneAsync(transaction, claim.WebhookId, token).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Records the attempt of a worker that died while it made it.</summary>
    public Task InsertLostAsync(DbTransaction transaction, ClaimRow row, long lease, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            WebhookSql.InsertAttempt,
            new
            {
                id = Ids.New(clock),
                deliveryId = row.Id,
                webhookId = row.WebhookId,
                eventId = row.EventId,
                number = row.Attempts,
                url = row.Url ?? "",
                startedAt = (row.ClaimUntil ?? clock.UnixMs()) - lease,
                durationMs = 0,
                statusCode = (int?)null,
                outcome = (int)AttemptOutcome.Retry,
                errorClass = "worker_lost",
                error = "The worker ended during this attempt; whether the endpoint received it is not known.",
                responseBody = (string?)null,
                nextAttemptAt = (long?)null,
                worker = (string?)null,
            },
            cancellationToken);

    private Task<int> InsertAsync(
        DbTransaction transaction,
        DeliveryClaim claim,
        DateTimeOffset startedAt,
        DeliveryAnswer answer,
        AttemptEnd end,
        CancellationToken cancellationToken) =>
        statements.ExecuteAsync(
            transaction,
            WebhookSql.InsertAttempt,
            new
            {
                id = Ids.New(clock),
                deliveryId = claim.Id,
                webhookId = claim.WebhookId,
                eventId = claim.EventId,
                number = claim.Number,
                url = claim.Url,
                startedAt = startedAt.ToUnixTimeMilliseconds(),
                durationMs = (long)answer.Duration.TotalMilliseconds,
                statusCode = answer.StatusCode,
                outcome = (int)Outcome(answer, end),
                errorClass = ErrorClass(answer),
                error = answer.Error,
                responseBody = answer.Body,
                nextAttemptAt = end.NextAttemptAt?.ToUnixTimeMilliseconds(),
                worker = Worker,
            },
            cancellationToken);

    private Task<int> UpdateAsync(
        DbTransaction transaction, DeliveryClaim claim, DeliveryAnswer answer, AttemptEnd end, CancellationToken cancellationToken)
    {
        var isOpen = end.Status is DeliveryStatus.Retrying or DeliveryStatus.Pending;
        var next = end.NextAttemptAt?.ToUnixTimeMilliseconds();
        var parameters = new
        {
            id = claim.Id,
            token = claim.Token,
            status = (int)end.Status,
            statusCode = answer.StatusCode,
            errorClass = ErrorClass(answer),
            nextAttemptAt = next,
            jobState = isOpen ? OutboxJobState.Confirmed : OutboxJobState.None,
            jobDueAt = (next ?? clock.UnixMs()) + (long)settings.CheckAfter.TotalMilliseconds,
            completedAt = isOpen ? (long?)null : clock.UnixMs(),
        };
        return statements.ExecuteAsync(transaction, WebhookSql.EndAttempt, parameters, cancellationToken);
    }

    private static AttemptOutcome Outcome(DeliveryAnswer answer, AttemptEnd end) => (answer, end) switch
    {
        (_, { Status: DeliveryStatus.Succeeded }) => AttemptOutcome.Success,
        ({ Fault: DeliveryFault.BlockedAddress or DeliveryFault.BadUrl }, _) => AttemptOutcome.Blocked,
        (_, { Status: DeliveryStatus.Exhausted }) => AttemptOutcome.GiveUp,
        _ => AttemptOutcome.Retry,
    };

    private static string? ErrorClass(DeliveryAnswer answer) => answer.Fault switch
    {
        DeliveryFault.None when answer.Error is null => null,
        DeliveryFault.None => "http_status",
        DeliveryFault.DnsError => "dns_error",
        DeliveryFault.ConnectRefused => "connect_refused",
        DeliveryFault.ConnectTimeout => "connect_timeout",
        DeliveryFault.Reset => "reset",
        DeliveryFault.TlsError => "tls_error",
        DeliveryFault.Timeout => "timeout",
        DeliveryFault.BodyTimeout => "body_timeout",
        DeliveryFault.ProtocolError => "protocol_error",
        DeliveryFault.BlockedAddress => "blocked_address",
        DeliveryFault.BadUrl => "bad_url",
        _ => "stopped",
    };
}
