using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing.Tests.Secrets;

public class KeyedSecretProtectorTests
{
    private static readonly JamailKey Old = new() { Id = "old", Key = Convert.ToBase64String(new byte[32]) };
    private static readonly JamailKey New = new() { Id = "new", Key = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()) };

    [Fact]
    public void A_secret_is_read_again_after_a_newer_key_became_current()
    {
        var before = With(Old).Protect("s3cret"u8, "table.column");

        Assert.Equal("s3cret"u8.ToArray(), With(New, Old).Unprotect(before, "table.column"));
    }

    [Fact]
    public void The_same_secret_is_never_stored_as_the_same_bytes() =>
        Assert.NotEqual(With(Old).Protect("s"u8, "p"), With(Old).Protect("s"u8, "p"));

    [Fact]
    public void A_secret_moved_to_another_column_cannot_be_read()
    {
        var stored = With(Old).Protect("s3cret"u8, "endpoint-1");

        Assert.ThrowsAny<CryptographicException>(() => With(Old).Unprotect(stored, "endpoint-2"));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var stored = With(Old).Protect("s3cret"u8, "p");
        for (var i = 0; i < stored.Length; i++)
        {
            var changed = stored.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => With(Old).Unprotect(changed, "p"));
        }
    }

    [Fact]
    public void A_missing_key_is_named()
    {
        var stored = With(Old).Protect("s3cret"u8, "p");

        var fault = Assert.Throws<CryptographicException>(() => With(New).Unprotect(stored, "p"));
        Assert.Contains("'old'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_key_stays_the_same_when_a_key_is_added()
    {
        Assert.Equal(With(Old).DeriveKey("pepper"), With(New, Old).DeriveKey("pepper"));
        Assert.NotEqual(With(Old).DeriveKey("pepper"), With(Old).DeriveKey("verp"));
    }

    [Fact]
    public void Without_a_key_nothing_starts_and_the_message_says_how_to_make_one()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => With());
        Assert.Contains("openssl rand -base64 32", fault.Message, StringComparison.Ordinal);
    }

    private static KeyedSecretProtector With(params JamailKey[] keys)
    {
        var options = new JamailHostOptions();
        foreach (var key in keys)
        {
            options.Keys.Add(key);
        }

        return new KeyedSecretProtector(Options.Create(options));
    }
}
