using System.Globalization;
using System.Text;
using Jamail.TestSupport;
using Jamail.Webhooks.Tests.Integration;

namespace Jamail.Webhooks.Tests;

public sealed class ReferenceLibraryTests
{
    public static TheoryData<string> Libraries { get; } = ["standardwebhooks", "svix"];

    [Theory, MemberData(nameof(Libraries))]
    public async Task What_we_send_is_verified_by_the_reference_library(string library)
    {
        await using var node = await NodeProcess.StartAsync("webhooks.mjs");
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(Databases.Sqlite);
        var (_, secret) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { Note = "naïve café ✓", Price = 1.50m });

        var request = Assert.Single(await host.ArrivalAsync(sink, 1));
        Assert.True(await VerifyAsync(node, library, secret.Reveal(), request, request.Body));
        Assert.False(await VerifyAsync(node, library, secret.Reveal(), request, [.. request.Body, (byte)' ']));
        Assert.False(await VerifyAsync(node, library, WebhookSecret.Generate().Reveal(), request, request.Body));
    }

    [Theory, MemberData(nameof(Libraries))]
    public async Task What_the_reference_library_signs_we_verify(string library)
    {
        await using var node = await NodeProcess.StartAsync("webhooks.mjs");
        var secret = WebhookSecret.Generate();
        var now = TimeProvider.System.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds();
        var body = Encoding.UTF8.GetBytes("""{"note":"naïve café ✓"}""");
        await node.SendAsync(new
        {
            op = "sign", library, secret = secret.Reveal(), id = "msg_1", timestamp, body = Convert.ToBase64String(body),
        });
        var signature = (await node.ReadAsync("sign")).GetProperty("signature").GetString();

        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.Verify(
                body, "msg_1", timestamp.ToString(CultureInfo.InvariantCulture), signature, [WebhookSecret.Generate(), secret], now));
    }

    private static async Task<bool> VerifyAsync(
        NodeProcess node, string library, string secret, ReceivedWebhook request, byte[] body)
    {
        var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
        await node.SendAsync(new { op = "verify", library, secret, headers, body = Convert.ToBase64String(body) });
        return (await node.ReadAsync("verify")).GetProperty("genuine").GetBoolean();
    }
}
