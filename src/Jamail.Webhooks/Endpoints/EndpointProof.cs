using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Asks an endpoint that is to be created to show that it is there, and that its owner runs it.</summary>
internal sealed class EndpointProof(WebhookRequests requests, TimeProvider clock)
{
    private const string Verify = "verify";
    private const string PingType = "webhook.ping";
    private const string EchoType = "webhook.challenge";

    /// <exception cref="InvalidInputException">It did not show it; what it answered is not told beyond its status.</exception>
    public async Task CheckAsync(EndpointRow endpoint, WebhookSecret secret, WebhookProof proof, CancellationToken cancellationToken)
    {
        if (proof == WebhookProof.None)
        {
            return;
        }

        var challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var type = proof == WebhookProof.Echo ? EchoType : PingType;
        var answer = await requests.SendAsync(
            new OutgoingWebhook
            {
                Url = endpoint.Url,
                EventId = Ids.New(clock),
                EventType = type,
                Secrets = [secret],
                Body = Body(type, challenge, proof),
                Profile = (WebhookSignatureProfile?)endpoint.SignatureProfile,
                Timeout = endpoint.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
                Headers = new Dictionary<string, string>(),
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            throw new InvalidInputException(
                Verify, $"The endpoint did not answer '{type}' with 2xx: {error}", "Make it answer, or create it with verify 'none'.");
        }

        if (proof == WebhookProof.Echo && answer.Body?.Contains(challenge, StringComparison.Ordinal) != true)
        {
            throw new InvalidInputException(
                Verify,
                $"The endpoint's answer to '{type}' does not hold the text of data.challenge.",
                "Answer 200 with that text as the body, or create it with verify 'ping' or 'none'.");
        }
    }

    private byte[] Body(string type, string challenge, WebhookProof proof)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", clock.GetUtcNow().UtcDateTime);
            json.WriteStartObject("data");
            if (proof == WebhookProof.Echo)
            {
                json.WriteString("challenge", challenge);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return CanonicalJson.From(stream.ToArray());
    }
}
