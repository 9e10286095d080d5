using System.Net;

namespace Jamail.Webhooks;

/// <summary>Posts to places that nobody vouches for: one deadline for everything, bounded reads, nothing followed.</summary>
internal sealed class WebhookHttpClient : IDisposable
{
    private const int MaxHeaderKilobytes = 16;

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;

    public WebhookHttpClient(GuardedConnector connector, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            ConnectTimeout = GuardedConnector.Timeout,
            // Changed names are looked up, and judged, again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Makes one request. Whatever the other side does is an answer, not an exception.</summary>
    public async Task<DeliveryAnswer> PostAsync(
        Uri url,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = Request(url, headers, body);
        var began = _clock.GetTimestamp();
        int? status = null;
        string? head = null;
        TimeSpan? firstByte = null;
        DeliveryAnswer answer;
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            firstByte = _clock.GetElapsedTime(began);
            head = HeaderText.Of(response);
            var (text, isTruncated) = await ResponseHead.ReadAsync(response, either.Token).ConfigureAwait(false);
            answer = new DeliveryAnswer
            {
                Body = text,
                IsBodyTruncated = isTruncated,
                Wish = Wish(response),
                Error = StatusText.Error(response),
                RetryAfter = RetryAfter(response),
            };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            answer = FaultText.Answer(exception, status, timeout);
        }

        return answer with
        {
            StatusCode = status,
            ResponseHeaders = head,
            FirstByte = firstByte,
            Duration = _clock.GetElapsedTime(began),
        };
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(
        Uri url, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/json; charset=utf-8");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static ReceiverWish Wish(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("webhook-delivery", out var values)
            ? values.ToString().Trim().ToUpperInvariant() switch
            {
                "DISABLE" => ReceiverWish.Disable,
                "ABORT-MESSAGE" => ReceiverWish.AbortMessage,
                _ => ReceiverWish.None,
            }
            : ReceiverWish.None;

    private DateTimeOffset? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => _clock.GetUtcNow() + wait,
        { Date: { } date } => date,
        _ => null,
    };
}
