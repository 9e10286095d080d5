using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>
/// AES-256-GCM under the keys of <see cref="JamailHostOptions.Keys"/>. Protected bytes: format (1), length of the key's id,
/// the id, nonce (12), tag (16), ciphertext; everything before the ciphertext and the purpose are authenticated.
/// </summary>
internal sealed class KeyedSecretProtector : ISecretProtector
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly List<(string Id, byte[] Key)> _keys;

    public KeyedSecretProtector(IOptions<JamailHostOptions> options)
    {
        _keys = [.. options.Value.Keys.Select(key => (key.Id, Convert.FromBase64String(key.Key)))];
        if (_keys.Count == 0)
        {
            throw new OptionsValidationException(nameof(JamailHostOptions), typeof(JamailHostOptions),
                ["Jamail:Keys is empty, and secrets are never stored unprotected. Make a key with 'openssl rand -base64 32' "
                    + "and set Jamail:Keys:0:Id to a name such as 'k1' and Jamail:Keys:0:Key to it."]);
        }
    }

    public byte[] Protect(ReadOnlySpan<byte> plaintext, string purpose)
    {
        var (id, key) = _keys[0];
        var idBytes = Encoding.ASCII.GetBytes(id);
        var header = 2 + idBytes.Length;
        var result = new byte[header + NonceBytes + TagBytes + plaintext.Length];
        result[0] = Format;
        result[1] = (byte)idBytes.Length;
        idBytes.CopyTo(result, 2);
        var nonce = result.AsSpan(header, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(CipherKey(key), TagBytes);
        aes.Encrypt(
            nonce,
            plaintext,
            result.AsSpan(header + NonceBytes + TagBytes),
            result.AsSpan(header + NonceBytes, TagBytes),
            Associated(result.AsSpan(0, header), purpose));
        return result;
    }

    public byte[] Unprotect(ReadOnlySpan<byte> protectedBytes, string purpose)
    {
        if (protectedBytes.Length < 2 || protectedBytes[0] != Format
            || protectedBytes.Length < 2 + protectedBytes[1] + NonceBytes + TagBytes)
        {
            throw new CryptographicException("These bytes were not protected by Jamail, or were cut.");
        }

        var header = 2 + protectedBytes[1];
        var id = Encoding.ASCII.GetString(protectedBytes[2..header]);
        var key = _keys.Find(candidate => candidate.Id == id).Key ?? throw new CryptographicException(
            $"The secret was protected with key '{id}', which is not among Jamail:Keys. Put that key back, after the current one.");
        var plaintext = new byte[protectedBytes.Length - header - NonceBytes - TagBytes];
        using var aes = new AesGcm(CipherKey(key), TagBytes);
        aes.Decrypt(
            protectedBytes.Slice(header, NonceBytes),
            protectedBytes[(header + NonceBytes + TagBytes)..],
            protectedBytes.Slice(header + NonceBytes, TagBytes),
            plaintext,
            Associated(protectedBytes[..header], purpose));
        return plaintext;
    }

    public byte[] DeriveKey(string purpose, int length = KeyBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 64);
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256, _keys[^1].Key, length, info: Encoding.UTF8.GetBytes($"jamail-derive-1\n{purpose}"));
    }

    private static byte[] CipherKey(byte[] key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: "jamail-protect-1"u8.ToArray());

    private static byte[] Associated(ReadOnlySpan<byte> header, string purpose) =>
        [.. header, .. Encoding.UTF8.GetBytes(purpose)];
}
