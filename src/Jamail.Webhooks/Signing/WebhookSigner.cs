using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jamail.Webhooks;

/// <summary>The signatures of one request.</summary>
internal static class WebhookSigner
{
    private const string StandardVersion = "v1,";
    private const string HexScheme = "sha256=";

    /// <summary>HMAC-SHA256 over <c>id.timestamp.body</c>, as Standard Webhooks has it.</summary>
    public static string Standard(WebhookSecret secret, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(secret.Key, string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."), body, mac);
        return StandardVersion + Convert.ToBase64String(mac);
    }

    /// <summary>One value for each live secret, newest first, so that a receiver with either accepts.</summary>
    public static string Standard(IReadOnlyList<WebhookSecret> secrets, string id, long unixSeconds, ReadOnlyMemory<byte> body) =>
        secrets.Count == 1
            ? Standard(secrets[0], id, unixSeconds, body.Span)
            : string.Join(' ', secrets.Select(secret => Standard(secret, id, unixSeconds, body.Span)));

    /// <summary>Hex HMAC-SHA256 of the body alone, keyed with the secret's text: what Node code usually does.</summary>
    public static string Hex(WebhookSecret secret, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.TextKey, body, mac);
        return HexScheme + Convert.ToHexStringLower(mac);
    }

    /// <summary>Hex HMAC-SHA256 over <c>timestamp.body</c>, keyed with the secret's text, as Stripe has it.</summary>
    public static string TimestampedHex(WebhookSecret secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(secret.TextKey, string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}."), body, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>The time and one <c>v1</c> for each live secret.</summary>
    public static string Timestamped(IReadOnlyList<WebhookSecret> secrets, long unixSeconds, ReadOnlyMemory<byte> body) =>
        string.Create(CultureInfo.InvariantCulture, $"t={unixSeconds}")
        + string.Concat(secrets.Select(secret => $",v1={TimestampedHex(secret, unixSeconds, body.Span)}"));

    private static void Hash(ReadOnlySpan<byte> key, string head, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        var headBytes = Encoding.UTF8.GetByteCount(head);
        var signed = ArrayPool<byte>.Shared.Rent(headBytes + body.Length);
        try
        {
            Encoding.UTF8.GetBytes(head, signed);
            body.CopyTo(signed.AsSpan(headBytes));
            HMACSHA256.HashData(key, signed.AsSpan(0, headBytes + body.Length), mac);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }
}
