using Jamail.Queueing;

namespace Jamail.Webhooks.Tests;

public sealed class WebhookSecretTests
{
    [Fact]
    public void A_generated_secret_has_32_random_bytes_and_reads_back()
    {
        var secret = WebhookSecret.Generate();

        Assert.Equal(32, secret.Key.Length);
        Assert.True(secret.Key.SequenceEqual(WebhookSecret.Parse(secret.Reveal()).Key));
        Assert.NotEqual(secret.Reveal(), WebhookSecret.Generate().Reveal());
    }

    [Fact]
    public void Missing_padding_and_the_url_alphabet_are_understood()
    {
        var bytes = Enumerable.Repeat((byte)0xFB, 31).ToArray();
        var text = Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.True(WebhookSecret.Parse("whsec_" + text).Key.SequenceEqual(bytes));
    }

    [Theory]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODw==")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_A")]
    [InlineData("whsk_QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8lQ7kv8QlVEUdq3INp223ckzZloRl43aFATuEGbKlVnQ==")]
    [InlineData("fifteen bytes..")]
    [InlineData("")]
    public void What_cannot_be_a_secret_is_refused_without_showing_it(string text)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => WebhookSecret.Parse(text));

        Assert.Equal("secret", Assert.Single(refusal.Problems).Field);
        if (text.Length > 6)
        {
            Assert.DoesNotContain(text, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_plain_text_secret_of_16_bytes_is_enough() =>
        Assert.True(WebhookSecret.Parse("sixteen bytes...").Key.SequenceEqual("sixteen bytes..."u8));

    [Fact]
    public void A_secret_does_not_print_itself()
    {
        var secret = WebhookSecret.Parse("jamail-legacy-secret");

        Assert.Equal("***", $"{secret}");
        Assert.Equal("***", System.Text.Json.JsonSerializer.Serialize(secret.ToString()).Trim('"'));
    }
}
