using System.Security.Cryptography;
using System.Text;

namespace Jamail.Webhooks.Tests;

public sealed class WebhookSignerTests
{
    private const string Id = "msg_01JAMAILTESTVECTOR0000001";
    private const long Timestamp = 1767225600;
    private const string Key1 = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Key2 = "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private const string Signature1 = "v1,8Bo5Au1o98HGmB1i/4s8wsF3dtiAazUEvb4a8rJ84d8=";
    private const string Signature2 = "v1,IpUO3mZ+5hl7NlktDtp4jgWKMyfAcndM844tMg7kLSg=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"type":"order.paid","timestamp":"2026-01-01T00:00:00Z","data":{"id":"ord_42","total":1999,"note":"naïve café ✓"}}""");

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    [Fact]
    public void The_body_of_the_vectors_is_the_published_one()
    {
        Assert.Equal(118, Body.Length);
        Assert.Equal(
            "cbeddf259e071f27a6c5f0f7cb4c022c3c7dfa7563d1c2888f9bd5eb3acc0c8e",
            Convert.ToHexStringLower(SHA256.HashData(Body)));
    }

    [Theory]
    [InlineData(Key1, Signature1)]
    [InlineData(Key2, Signature2)]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", Signature1)]
    [InlineData("whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8", Signature2)]
    public void The_standard_signature_is_that_of_the_vectors(string key, string expected) =>
        Assert.Equal(expected, WebhookSigner.Standard(WebhookSecret.Parse(key), Id, Timestamp, Body));

    [Fact]
    public void An_empty_body_is_signed_too() =>
        Assert.Equal(
            "v1,QOx0oIc8QVC1BkCBY+XicRHrd1KKpOWzY3kY2NIOvWk=",
            WebhookSigner.Standard(WebhookSecret.Parse(Key1), Id, Timestamp, []));

    [Fact]
    public void The_signature_published_by_svix_is_ours_too() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSigner.Standard(
                WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}"u8));

    [Fact]
    public void Several_secrets_give_several_signatures_in_their_order() =>
        Assert.Equal(
            $"{Signature2} {Signature1}",
            WebhookSigner.Standard([WebhookSecret.Parse(Key2), WebhookSecret.Parse(Key1)], Id, Timestamp, Body));

    [Theory]
    [InlineData("jamail-legacy-secret", "sha256=63702cc6b00a353a5c72ab21ac6905c7c64e56d9b14f6809ea7178466a063ecb")]
    [InlineData(Key1, "sha256=6caef87664b9a9c15b8b45d740d0e3e240022663b4c29c1a0c5bcbf6e34fe9f2")]
    public void The_hex_signature_is_keyed_with_the_text_as_given(string key, string expected) =>
        Assert.Equal(expected, WebhookSigner.Hex(WebhookSecret.Parse(key), Body));

    [Fact]
    public void What_is_signed_verifies() =>
        Assert.Equal(WebhookVerification.Genuine, Verify(Body, Signature1));

    [Fact]
    public void During_a_rotation_either_secret_is_enough() =>
        Assert.Equal(WebhookVerification.Genuine, Verify(Body, $"v1a,unknown {Signature2} {Signature1}"));

    [Theory]
    [InlineData("v1,SQ5G1uZ3f/9Qj6GL9mGFm8cKOQK1hEmlcM51UvCRmfY=")]
    [InlineData("v1,6qulU0S6inzE8zJj8kQC0x+BqJCSTw9yMdEes8CNK60=")]
    [InlineData("8Bo5Au1o98HGmB1i/4s8wsF3dtiAazUEvb4a8rJ84d8=")]
    [InlineData("v1,")]
    [InlineData("v1,ünicode")]
    public void A_signature_made_wrongly_does_not_verify(string signature) =>
        Assert.Equal(WebhookVerification.SignatureMismatch, Verify(Body, signature));

    [Fact]
    public void A_changed_body_does_not_verify() =>
        Assert.Equal(WebhookVerification.SignatureMismatch, Verify([.. Body, (byte)' '], Signature1));

    [Theory]
    [InlineData(301, WebhookVerification.TooOld)]
    [InlineData(300, WebhookVerification.Genuine)]
    [InlineData(-300, WebhookVerification.Genuine)]
    [InlineData(-301, WebhookVerification.TooNew)]
    public void The_timestamp_must_be_within_five_minutes(int secondsLater, WebhookVerification expected) =>
        Assert.Equal(expected, Verify(Body, Signature1, now: Now.AddSeconds(secondsLater)));

    [Theory]
    [InlineData(null, "1767225600", Signature1, WebhookVerification.HeaderMissing)]
    [InlineData(Id, null, Signature1, WebhookVerification.HeaderMissing)]
    [InlineData(Id, "1767225600", null, WebhookVerification.HeaderMissing)]
    [InlineData(Id, "yesterday", Signature1, WebhookVerification.TimestampMalformed)]
    [InlineData(Id, "1767225600000", Signature1, WebhookVerification.TooNew)]
    [InlineData(Id, "99999999999999999999", Signature1, WebhookVerification.TimestampMalformed)]
    public void Missing_and_malformed_headers_are_told_apart(
        string? id, string? timestamp, string? signature, WebhookVerification expected) =>
        Assert.Equal(
            expected,
            WebhookSignature.Verify(Body, id, timestamp, signature, [WebhookSecret.Parse(Key1)], Now));

    [Fact]
    public void The_hex_signature_verifies_and_a_wrong_one_does_not()
    {
        var secret = WebhookSecret.Parse("jamail-legacy-secret");
        var signature = WebhookSigner.Hex(secret, Body);

        Assert.Equal(WebhookVerification.Genuine, WebhookSignature.VerifyHex(Body, signature, [secret]));
        Assert.Equal(
            WebhookVerification.SignatureMismatch,
            WebhookSignature.VerifyHex([.. Body, 0], signature, [secret]));
        Assert.Equal(WebhookVerification.HeaderMissing, WebhookSignature.VerifyHex(Body, null, [secret]));
    }

    private static WebhookVerification Verify(byte[] body, string signature, DateTimeOffset? now = null) =>
        WebhookSignature.Verify(
            body, Id, "1767225600", signature, [WebhookSecret.Parse(Key1)], now ?? Now);
}
