using System.Globalization;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Signs and sends.</summary>
internal sealed class WebhookRequests(
    WebhookHttpClient http, TargetPolicy targets, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    private static readonly string UserAgent = "Jamail-Webhooks/"
        + (typeof(WebhookRequests).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <param name="url">Where to.</param>
    /// <param name="eventId">The event; the same on every attempt.</param>
    /// <param name="secrets">The secrets that sign, the current one first.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    public async Task<DeliveryAnswer> SendAsync(
        string url,
        string eventId,
        IReadOnlyList<WebhookSecret> secrets,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        if (targets.Check(url, out var target) is { } problem)
        {
            return new DeliveryAnswer { Fault = DeliveryFault.BadUrl, Error = $"{problem.Rule} {problem.Fix}" };
        }

        return await http.PostAsync(target, Headers($"msg_{eventId}", secrets, body), body, cancellationToken).ConfigureAwait(false);
    }

    private List<KeyValuePair<string, string>> Headers(
        string messageId, IReadOnlyList<WebhookSecret> secrets, ReadOnlyMemory<byte> body)
    {
        var settings = options.Value;
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        List<KeyValuePair<string, string>> headers =
        [
            new("user-agent", UserAgent),
            new("webhook-id", messageId),
            new("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture)),
        ];
        if (settings.SignatureProfile != WebhookSignatureProfile.Hex)
        {
            headers.Add(new("webhook-signature", WebhookSigner.Standard(secrets, messageId, seconds, body)));
        }

        if (settings.SignatureProfile != WebhookSignatureProfile.Standard)
        {
            headers.Add(new(settings.SignatureHeader, WebhookSigner.Hex(secrets[0], body.Span)));
        }

        return headers;
    }
}
