namespace Jamail.Queueing;

/// <summary>
/// Protects secrets at rest. The one in the box uses <see cref="JamailHostOptions.Keys"/>; register another before
/// <c>AddJamail()</c> to use a vault. Safe for concurrent use.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Encrypts and authenticates a secret with the current key.</summary>
    /// <param name="plaintext">The secret.</param>
    /// <param name="purpose">Binds it to its place, such as a table and column; the same text is needed to read it.</param>
    /// <returns>The protected bytes; they name their key.</returns>
    byte[] Protect(ReadOnlySpan<byte> plaintext, string purpose);

    /// <summary>Reads what <see cref="Protect"/> made, with whichever of the keys made it.</summary>
    /// <param name="protectedBytes">The protected bytes.</param>
    /// <param name="purpose">The text it was protected with.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The bytes were changed, belong to another purpose, or their key is not configured.
    /// </exception>
    byte[] Unprotect(ReadOnlySpan<byte> protectedBytes, string purpose);

    /// <summary>Derives a key for one use, such as hashing addresses, from the oldest configured key, so that adding a key changes nothing.</summary>
    /// <param name="purpose">The use.</param>
    /// <param name="length">Bytes, 16 to 64.</param>
    /// <returns>The key; the same for the same purpose.</returns>
    byte[] DeriveKey(string purpose, int length = 32);
}
