using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// Tokens that say who unsubscribes from what and prove that we wrote them: 1, the key's number, the hash of the address, the id of
/// the category, and 16 bytes of HMAC-SHA256 over all of it.
/// </summary>
internal sealed class UnsubscribeTokens(ISecretProtector protector)
{
    private const int Length = 1 + 1 + 32 + 16 + 16;
    private const int Signed = Length - 16;
    private const byte KeyNumber = 0;

    private static readonly byte[] Purpose = "jamail-unsub-1"u8.ToArray();
    private readonly byte[] _key = protector.DeriveKey("mail-unsubscribe");

    public string Write(byte[] addressHash, byte[] categoryId) => Write(_key, KeyNumber, addressHash, categoryId);

    public bool TryRead(string token, out byte[] addressHash, out byte[] categoryId)
    {
        (addressHash, categoryId) = ([], []);
        var bytes = new byte[Length];
        if (token.Length != 88 || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var count) || count != Length || bytes[0] != 1
            || !CryptographicOperations.FixedTimeEquals(Tag(_key, bytes.AsSpan(0, Signed)), bytes.AsSpan(Signed)))
        {
            return false;
        }

        (addressHash, categoryId) = (bytes[2..34], bytes[34..50]);
        return true;
    }

    public static byte[] CategoryId(string tenant, string category) => SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{category}"))[..16];

    public static string Write(byte[] key, byte keyNumber, byte[] addressHash, byte[] categoryId)
    {
        byte[] body = [1, keyNumber, .. addressHash, .. categoryId];
        return Base64Url.EncodeToString([.. body, .. Tag(key, body)]);
    }

    private static byte[] Tag(byte[] key, ReadOnlySpan<byte> body) => HMACSHA256.HashData(key, (byte[])[.. Purpose, .. body])[..16];
}
