using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <summary>Sends samples, so that the owner of an endpoint sees at once whether it works.</summary>
internal sealed class TestSender(
    SecretStore secrets,
    StaticHeaders headers,
    EventTypeStore types,
    WebhookRequests requests,
    AttemptStore attempts,
    TimeProvider clock,
    ILogger<TestSender> logger)
{
    public const string DefaultType = "webhook.test";

    public async Task<WebhookTestResult> SendAsync(EndpointRow endpoint, string eventType, CancellationToken cancellationToken)
    {
        var living = await secrets.ListAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        var known = await types.FindAsync(endpoint.TenantId, eventType, cancellationToken).ConfigureAwait(false);
        var sample = new OutgoingWebhook
        {
            Url = endpoint.Url,
            EventId = Ids.New(clock),
            EventType = eventType,
            Secrets = [.. living.Select(one => one.Secret)],
            Body = known?.Example is { } example ? CanonicalJson.From(Encoding.UTF8.GetBytes(example)) : Sample(eventType),
            Profile = (WebhookSignatureProfile?)endpoint.SignatureProfile,
            Timeout = endpoint.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
            Headers = headers.Read(endpoint.HeadersEnc),
        };
        var startedAt = clock.GetUtcNow();
        var answer = await requests.SendAsync(sample, cancellationToken).ConfigureAwait(false);
        return new WebhookTestResult(answer.StatusCode, answer.Error, (long)answer.Duration.TotalMilliseconds, answer.Body)
        {
            AttemptId = await RecordAsync(endpoint, sample, startedAt, answer).ConfigureAwait(false),
        };
    }

    // The request was made: whoever waits for the answer gets it, whatever becomes of the row.
    private async Task<string?> RecordAsync(EndpointRow endpoint, OutgoingWebhook sample, DateTimeOffset startedAt, DeliveryAnswer answer)
    {
        var row = new ClaimRow { EventId = sample.EventId, WebhookId = endpoint.Id, Origin = AttemptOrigin.Test };
        var end = new AttemptEnd(answer.Error is null ? DeliveryStatus.Succeeded : DeliveryStatus.Exhausted);
        var ended = new EndedAttempt(Ids.New(clock), new DeliveryClaim(row, sample, Number: 1, Token: ""), startedAt, answer, end);
        try
        {
            await attempts.InsertTestAsync(ended, CancellationToken.None).ConfigureAwait(false);
            return ended.Id;
        }
        catch (StoreUnavailableException exception)
        {
            logger.TestNotRecorded(endpoint.Id, exception.Message);
            return null;
        }
    }

    private byte[] Sample(string eventType)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", eventType);
            json.WriteString("timestamp", clock.GetUtcNow().UtcDateTime);
            json.WriteStartObject("data");
            json.WriteBoolean("test", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return CanonicalJson.From(stream.ToArray());
    }
}
