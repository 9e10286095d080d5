using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.Webhooks;

/// <summary>Posts to places that nobody vouches for: one deadline for everything, bounded reads, nothing followed.</summary>
internal sealed class WebhookHttpClient : IDisposable
{
    private const int MaxHeaderKilobytes = 16;

    private readonly HttpMessageInvoker _http;
    private readonly AsyncLocal<RemoteAddress?> _writing;
    private readonly TimeProvider _clock;

    /// <param name="connector">Opens connections.</param>
    /// <param name="clock">Measures the deadline.</param>
    /// <param name="authorities">Those to trust in place of the machine's; null: the machine's.</param>
    public WebhookHttpClient(GuardedConnector connector, TimeProvider clock, X509Certificate2Collection? authorities = null)
    {
        _writing = connector.Writing;
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
            SslOptions = Tls(authorities),
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
        var remote = new RemoteAddress();
        request.Options.Set(RemoteAddress.Key, remote);
        _writing.Value = remote;
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
            RemoteIp = remote.Value?.ToString(),
            FirstByte = firstByte,
            Duration = _clock.GetElapsedTime(began),
        };
    }

    public void Dispose() => _http.Dispose();

    private static SslClientAuthenticationOptions Tls(X509Certificate2Collection? authorities)
    {
        // Trusts nothing that would not be trusted without it: it only tells why.
        var options = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = static (_, _, _, errors) =>
                errors == SslPolicyErrors.None ? true : throw new CertificateRefusedException(errors),
        };
        if (authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return options;
    }

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
