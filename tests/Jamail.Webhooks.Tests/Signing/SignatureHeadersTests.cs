using System.Text;

namespace Jamail.Webhooks.Tests;

/// <summary>The headers of every profile, by the published vectors.</summary>
public sealed class SignatureHeadersTests
{
    private const string Text = "jamail-legacy-secret";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"type":"order.paid","timestamp":"2026-01-01T00:00:00Z","data":{"id":"ord_42","total":1999,"note":"naïve café ✓"}}""");

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    [Theory]
    [InlineData(WebhookSignatureProfile.Standard, "webhook-id webhook-signature webhook-timestamp")]
    [InlineData(WebhookSignatureProfile.Hex, "webhook-id webhook-timestamp X-Own")]
    [InlineData(WebhookSignatureProfile.Dual, "webhook-id webhook-signature webhook-timestamp X-Own")]
    [InlineData(WebhookSignatureProfile.Timestamped, "webhook-id webhook-timestamp X-Own")]
    [InlineData(WebhookSignatureProfile.GitHub, "webhook-id webhook-timestamp X-GitHub-Delivery X-GitHub-Event X-Hub-Signature-256")]
    public void A_profile_sends_its_headers(WebhookSignatureProfile profile, string names) =>
        Assert.Equal(names, string.Join(' ', Of(profile, Text).Keys.Order(StringComparer.OrdinalIgnoreCase)));

    [Theory]
    [InlineData(WebhookSignatureProfile.Hex, "X-Own", "sha256=63702cc6b00a353a5c72ab21ac6905c7c64e56d9b14f6809ea7178466a063ecb")]
    [InlineData(WebhookSignatureProfile.Dual, "X-Own", "sha256=63702cc6b00a353a5c72ab21ac6905c7c64e56d9b14f6809ea7178466a063ecb")]
    [InlineData(WebhookSignatureProfile.GitHub, "X-Hub-Signature-256", "sha256=63702cc6b00a353a5c72ab21ac6905c7c64e56d9b14f6809ea7178466a063ecb")]
    [InlineData(
        WebhookSignatureProfile.Timestamped, "X-Own", "t=1767225600,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa")]
    public void The_signature_is_that_of_the_vectors(WebhookSignatureProfile profile, string name, string expected) =>
        Assert.Equal(expected, Of(profile, Text)[name]);

    [Fact]
    public void The_hex_key_is_the_text_and_not_what_it_decodes_to()
    {
        var sent = Of(WebhookSignatureProfile.Hex, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")["X-Own"];

        Assert.Equal("sha256=6caef87664b9a9c15b8b45d740d0e3e240022663b4c29c1a0c5bcbf6e34fe9f2", sent);
        Assert.NotEqual("sha256=356efe14e95caa7e6145822b46f57f517a9b00f2553f71cbb32ebfa70f7a9610", sent);
    }

    [Fact]
    public void With_several_secrets_the_form_with_a_time_carries_a_signature_of_each()
    {
        var (first, second) = (WebhookSecret.Parse("the newer secret"), WebhookSecret.Parse(Text));
        var sent = WebhookSigner.Timestamped([first, second], Now.ToUnixTimeSeconds(), Body);

        Assert.All(
            (WebhookSecret[])[first, second],
            secret => Assert.Equal(WebhookVerification.Genuine, WebhookSignature.VerifyTimestamped(Body, sent, [secret], Now)));
    }

    [Theory]
    [InlineData("t=1767225600,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", 0, WebhookVerification.Genuine)]
    [InlineData("t=1767225600,v0=x,v1=y,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", 300, WebhookVerification.Genuine)]
    [InlineData("t=1767225600,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", 301, WebhookVerification.TooOld)]
    [InlineData("t=1767225600,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", -301, WebhookVerification.TooNew)]
    [InlineData("t=1767225601,v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", 0, WebhookVerification.SignatureMismatch)]
    [InlineData("v1=b4d2b34edc47ef32fc923462651679146682d0f51a84d832f389b33e6f885ffa", 0, WebhookVerification.TimestampMalformed)]
    [InlineData("t=9223372036854775807,v1=x", 0, WebhookVerification.TooNew)]
    [InlineData("t=1767225600", 0, WebhookVerification.SignatureMismatch)]
    [InlineData("", 0, WebhookVerification.HeaderMissing)]
    public void The_form_with_a_time_is_verified_with_its_time(string signature, int later, WebhookVerification expected) =>
        Assert.Equal(expected, WebhookSignature.VerifyTimestamped(Body, signature, [WebhookSecret.Parse(Text)], Now.AddSeconds(later)));

    private static Dictionary<string, string> Of(WebhookSignatureProfile profile, string secret)
    {
        var webhook = new OutgoingWebhook
        {
            Url = "https://example.com/",
            EventId = "01JAMAILTESTVECTOR0000001",
            EventType = "order.paid",
            Secrets = [WebhookSecret.Parse(secret)],
            Body = Body,
        };
        return SignatureHeaders.Of(webhook, profile, "X-Own", Now).ToDictionary(header => header.Key, header => header.Value);
    }
}
