using System.Security.Cryptography;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Addresses for bounces that name the mail and prove that we wrote them, so that a forged bounce changes nothing.</summary>
internal sealed class VerpAddresses(ISecretProtector protector, IOptions<MailOptions> options)
{
    private const int IdLength = 26;
    private const int TagLength = 8;
    private static readonly byte[] Purpose = "jamail-verp-1"u8.ToArray();
    private readonly byte[] _key = protector.DeriveKey("mail-verp");

    /// <summary>Null where bounces do not come back here.</summary>
    public string? Of(string id) => options.Value.BounceDomain is { } domain ? Write(_key, id, domain) : null;

    /// <summary>The mail that an address names; null when we did not write it.</summary>
    public string? Read(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at != 2 + IdLength + 1 + TagLength || !address.StartsWith("b-", StringComparison.OrdinalIgnoreCase) || address[2 + IdLength] != '-'
            || Crockford.Decode(address.Substring(2, IdLength), 16) is not { } bytes)
        {
            return null;
        }

        var id = new Guid(bytes, bigEndian: true);
        var tag = System.Text.Encoding.ASCII.GetBytes(address.Substring(3 + IdLength, TagLength).ToLowerInvariant());
        return CryptographicOperations.FixedTimeEquals(tag, System.Text.Encoding.ASCII.GetBytes(Tag(_key, bytes))) ? id.ToString("D") : null;
    }

    public static string Write(byte[] key, string id, string domain)
    {
        var bytes = Guid.ParseExact(id, "D").ToByteArray(bigEndian: true);
        return $"b-{Crockford.Encode(bytes)}-{Tag(key, bytes)}@{domain}";
    }

    private static string Tag(byte[] key, byte[] id) => Crockford.Encode(HMACSHA256.HashData(key, (byte[])[.. Purpose, .. id]).AsSpan(0, 5));
}
