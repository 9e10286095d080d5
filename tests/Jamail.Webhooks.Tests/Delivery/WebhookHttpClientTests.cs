using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks.Tests;

public sealed class WebhookHttpClientTests
{
    private static readonly byte[] Body = """{"a":1}"""u8.ToArray();

    [Fact]
    public async Task A_request_carries_the_body_and_headers_given_and_nothing_that_was_not_asked_for()
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(200, "thanks"));
        using var client = Client();

        var answer = await Post(client, sink.Url);

        Assert.Equal(200, answer.StatusCode);
        Assert.Null(answer.Error);
        Assert.Equal("thanks", answer.Body);
        var request = Assert.Single(sink.Received);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/hook", request.Path);
        Assert.Equal(Body, request.Body);
        Assert.Equal(
            ["content-length", "content-type", "host", "webhook-id"],
            request.Headers.Keys.Select(name => name.ToLowerInvariant()).Order());
        Assert.Equal("application/json; charset=utf-8", request.Header("content-type"));
    }

    [Theory]
    [InlineData(204, true)]
    [InlineData(299, true)]
    [InlineData(301, false)]
    [InlineData(400, false)]
    [InlineData(410, false)]
    [InlineData(500, false)]
    public async Task Only_2xx_is_success(int status, bool succeeds)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(status));
        using var client = Client();

        var answer = await Post(client, sink.Url);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(succeeds, answer.Error is null);
        Assert.Equal(succeeds, DeliveryVerdicts.Of(answer) == DeliveryVerdict.Succeeded);
        Assert.Equal(status == 410, DeliveryVerdicts.Of(answer) == DeliveryVerdict.Gone);
    }

    [Theory]
    [InlineData(301, null)]
    [InlineData(307, "http://169.254.169.254/latest/meta-data/")]
    public async Task A_redirect_is_reported_and_nothing_is_dialled(int code, string? location)
    {
        await using var target = WebhookSink.Start();
        location ??= target.Url;
        await using var sink = WebhookSink.Start(SinkReply.Status(code, headers: ("location", location)));
        using var client = Client();

        var answer = await Post(client, sink.Url);

        Assert.Equal((code, DeliveryVerdict.Retry, "127.0.0.1"), (answer.StatusCode, DeliveryVerdicts.Of(answer), answer.RemoteIp));
        Assert.Contains(location, answer.Error, StringComparison.Ordinal);
        Assert.Equal((1, 0), (sink.Received.Count, target.Connections));
    }

    [Fact]
    public async Task Of_a_body_of_a_gigabyte_only_the_beginning_is_read()
    {
        const long Length = 1L << 30;
        var read = new TaskCompletionSource<long>();
        await using var sink = WebhookSink.Start(SinkReply.Huge(Length, told: read));
        using var client = Client();

        var answer = await Post(client, sink.Url);

        Assert.Equal(DeliveryVerdict.Succeeded, DeliveryVerdicts.Of(answer));
        Assert.Equal(4096, answer.Body!.Length);
        Assert.InRange(await read.Task, 4096, Length / 10); // Buffers on the way take some, too.
    }

    [Fact]
    public async Task A_dripping_body_ends_at_the_deadline_of_the_whole_attempt()
    {
        await using var sink = WebhookSink.Start(SinkReply.Drip(TimeSpan.FromMilliseconds(50)));
        using var client = Client();

        var answer = await Post(client, sink.Url, TimeSpan.FromSeconds(2));

        Assert.Equal(DeliveryFault.BodyTimeout, answer.Fault);
        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(DeliveryVerdict.Retry, DeliveryVerdicts.Of(answer));
        Assert.True(answer.Duration > TimeSpan.FromSeconds(1.9), $"{answer.Duration}");
    }

    [Fact]
    public async Task Silence_ends_at_the_deadline()
    {
        await using var sink = WebhookSink.Start(SinkReply.Silence);
        using var client = Client();

        var answer = await Post(client, sink.Url, TimeSpan.FromSeconds(1));

        Assert.Equal(DeliveryFault.Timeout, answer.Fault);
        Assert.Null(answer.StatusCode);
        Assert.Contains("within 1 s", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_without_an_answer_is_a_reset_and_is_not_repeated()
    {
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Close);
        using var client = Client();

        await Post(client, sink.Url);
        var answer = await Post(client, sink.Url);

        Assert.Equal(DeliveryFault.Reset, answer.Fault);
        Assert.Equal(2, sink.Received.Count);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var sink = WebhookSink.Start(
            SinkReply.Raw("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("x-flood: " + new string('y', 90) + "\r\n", 2000))));
        using var client = Client();

        Assert.Equal(DeliveryFault.ProtocolError, (await Post(client, sink.Url)).Fault);
    }

    [Fact]
    public async Task What_is_no_http_is_a_protocol_error()
    {
        await using var sink = WebhookSink.Start(SinkReply.Raw("SSH-2.0-OpenSSH_9.6\r\n\r\n"));
        using var client = Client();

        Assert.Equal(DeliveryFault.ProtocolError, (await Post(client, sink.Url)).Fault);
    }

    [Fact]
    public async Task A_compressed_body_is_not_unpacked()
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(200, "\u001f\u008bbomb", ("content-encoding", "gzip")));
        using var client = Client();

        var answer = await Post(client, sink.Url);

        Assert.Equal(DeliveryVerdict.Succeeded, DeliveryVerdicts.Of(answer));
        Assert.EndsWith("bomb", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_refuses()
    {
        using var client = Client();

        Assert.Equal(DeliveryFault.ConnectRefused, (await Post(client, $"http://127.0.0.1:{Ports.Free()}/")).Fault);
    }

    [Fact]
    public async Task A_certificate_nobody_trusts_is_refused()
    {
        using var certificate = SelfSigned();
        await using var sink = WebhookSink.Start(certificate);
        using var client = Client();

        Assert.Equal(DeliveryFault.TlsError, (await Post(client, sink.Url)).Fault);
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_name_is_refused_and_named_so()
    {
        using var folder = new TemporaryFolder("tls");
        var files = TlsFiles.Create(folder.Path);
        using var pem = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        using var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var resolver = new FixedResolver(new() { ["other.example.com"] = [IPAddress.Loopback], ["localhost.example.com"] = [IPAddress.Loopback] });
        await using var sink = WebhookSink.Start(certificate);
        using var client = Client(resolver: resolver, authorities: [X509CertificateLoader.LoadCertificateFromFile(files.Authority)]);

        var refused = await Post(client, $"https://other.example.com:{sink.Port}/hook");

        Assert.Equal((DeliveryFault.TlsName, "tls_name_mismatch"), (refused.Fault, AttemptText.ErrorClass(refused)));
        Assert.Equal(DeliveryVerdict.Retry, DeliveryVerdicts.Of(refused));
        Assert.Empty(sink.Received);
        Assert.Equal(200, (await Post(client, sink.Url)).StatusCode);
    }

    [Fact]
    public async Task Every_request_tells_its_address_also_over_a_connection_that_is_open()
    {
        await using var sink = WebhookSink.Start();
        using var client = Client();

        Assert.Equal("127.0.0.1", (await Post(client, sink.Url)).RemoteIp);
        Assert.Equal("127.0.0.1", (await Post(client, sink.Url)).RemoteIp);
        Assert.Equal(1, sink.Connections);
        Assert.Equal("127.0.0.1", (await Post(client, $"http://127.0.0.1:{Ports.Free()}/")).RemoteIp);
        Assert.Null((await Post(client, "https://nowhere.example.com/")).RemoteIp);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_tried_again_later()
    {
        using var client = Client();

        var answer = await Post(client, "https://nowhere.example.com/");

        Assert.Equal(DeliveryFault.DnsError, answer.Fault);
        Assert.Equal(DeliveryVerdict.Retry, DeliveryVerdicts.Of(answer));
    }

    [Fact]
    public async Task A_name_that_leads_to_a_denied_address_is_never_connected_to()
    {
        await using var sink = WebhookSink.Start();
        var resolver = new FixedResolver(new() { ["rebound.example.com"] = [IPAddress.Loopback] });
        using var client = Client(options => options.AllowedNetworks.Clear(), resolver);

        var answer = await Post(client, $"https://rebound.example.com:{sink.Port}/");

        Assert.Equal(DeliveryFault.BlockedAddress, answer.Fault);
        Assert.Equal(DeliveryVerdict.GiveUp, DeliveryVerdicts.Of(answer));
        Assert.DoesNotContain("127.0.0.1", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, sink.Connections);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_connected_to()
    {
        await using var sink = WebhookSink.Start();
        var resolver = new FixedResolver(new() { ["pinned.example.com"] = [IPAddress.Loopback] });
        using var client = Client(resolver: resolver);

        var answer = await Post(client, $"http://pinned.example.com:{sink.Port}/x");

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(1, resolver.Lookups);
        Assert.Equal($"pinned.example.com:{sink.Port}", Assert.Single(sink.Received).Header("host"));
    }

    [Fact]
    public async Task Plain_http_is_for_listed_networks_only()
    {
        var resolver = new FixedResolver(new() { ["public.example.com"] = [IPAddress.Parse("8.8.8.8")] });
        using var client = Client(resolver: resolver);

        var answer = await Post(client, "http://public.example.com/");

        Assert.Equal(DeliveryFault.BadUrl, answer.Fault);
        Assert.Contains("AllowHttp", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_stops_gets_an_exception_not_an_answer()
    {
        await using var sink = WebhookSink.Start(SinkReply.Silence);
        using var client = Client();
        using var stop = new CancellationTokenSource();

        var post = client.PostAsync(new Uri(sink.Url), [], Body, TimeSpan.FromSeconds(15), stop.Token);
        await sink.WaitAsync(1);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
    }

    private static Task<DeliveryAnswer> Post(WebhookHttpClient client, string url, TimeSpan? timeout = null) =>
        client.PostAsync(new Uri(url), [new("webhook-id", "msg_1")], Body, timeout ?? TimeSpan.FromSeconds(15), default);

    private static WebhookHttpClient Client(Action<WebhooksOptions>? configure = null, IHostResolver? resolver = null, X509Certificate2Collection? authorities = null)
    {
        var options = new WebhooksOptions();
        options.AllowedNetworks.Add("127.0.0.0/8");
        configure?.Invoke(options);
        var wrapped = Options.Create(options);
        var guard = new AddressGuard(
            new AllowedNetworks(options.AllowedNetworks), resolver ?? new FixedResolver([]), new OwnAddresses(TimeProvider.System));
        return new(new GuardedConnector(new TargetPolicy(wrapped, guard), TimeProvider.System), TimeProvider.System, authorities);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
