using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Signs and sends.</summary>
internal sealed class WebhookRequests(
    WebhookHttpClient http, TargetPolicy targets, IOptions<WebhooksOptions> options, WebhookMetrics metrics, TimeProvider clock)
{
    private static readonly string UserAgent = "Jamail-Webhooks/"
        + (typeof(WebhookRequests).Assembly.GetName().Version?.ToString(3) ?? "0");

    public async Task<DeliveryAnswer> SendAsync(OutgoingWebhook webhook, CancellationToken cancellationToken)
    {
        if (targets.Check(webhook.Url, out var target) is { } problem)
        {
            metrics.Blocked(DeliveryFault.BadUrl);
            return new DeliveryAnswer { Fault = DeliveryFault.BadUrl, Error = $"{problem.Rule} {problem.Fix}" };
        }

        var settings = options.Value;
        using var activity = WebhooksTelemetry.Source.StartActivity("webhook send", ActivityKind.Client);
        var headers = Headers(webhook, settings, activity);
        var answer = await http.PostAsync(target, headers, webhook.Body, webhook.Timeout ?? settings.Timeout, cancellationToken)
            .ConfigureAwait(false);
        activity?.SetTag("http.response.status_code", answer.StatusCode);
        activity?.SetStatus(answer.Error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        if (answer.Fault is DeliveryFault.BlockedAddress or DeliveryFault.BadUrl)
        {
            metrics.Blocked(answer.Fault);
        }

        return answer with { RequestHeaders = HeaderText.Of(headers) };
    }

    private List<KeyValuePair<string, string>> Headers(OutgoingWebhook webhook, WebhooksOptions settings, Activity? activity)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new(HeaderNames.UserAgent, UserAgent),
            .. SignatureHeaders.Of(webhook, webhook.Profile ?? settings.SignatureProfile, settings.SignatureHeader, clock.GetUtcNow()),
            .. webhook.Headers,
        ];
        if (settings.SendTraceParent && activity?.Id is { } trace)
        {
            headers.Add(new("traceparent", trace));
        }

        return headers;
    }
}
