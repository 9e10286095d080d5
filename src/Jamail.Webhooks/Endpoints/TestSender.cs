using System.Text.Json;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Sends samples, so that the owner of an endpoint sees at once whether it works.</summary>
internal sealed class TestSender(EndpointStore store, WebhookRequests requests, TimeProvider clock)
{
    public const string DefaultType = "webhook.test";

    public async Task<WebhookTestResult> SendAsync(EndpointRow endpoint, string eventType, CancellationToken cancellationToken)
    {
        var secrets = await store.SecretsAsync(endpoint.Id, cancellationToken).ConfigureAwait(false);
        var answer = await requests.SendAsync(
            endpoint.Url, Ids.New(clock), secrets, Sample(eventType), cancellationToken).ConfigureAwait(false);
        return new WebhookTestResult(answer.StatusCode, answer.Error, (long)answer.Duration.TotalMilliseconds, answer.Body);
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
