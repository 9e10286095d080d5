using System.Security.Cryptography;
using System.Text;

namespace Jamail.Shared;

/// <summary>A UUID made from a name (RFC 9562, version 5): the same name always gives the same id.</summary>
internal static class UuidV5
{
    public static Guid Create(Guid space, string name)
    {
        Span<byte> input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input[16..]);
#pragma warning disable CA5350 // The standard prescribes SHA-1; nothing is secured by it.
        Span<byte> hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
