using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>How values become arguments of a script.</summary>
internal static class Arguments
{
    /// <summary>What stands where an argument is not given.</summary>
    public static RedisValue None { get; } = RedisValue.EmptyString;

    public static RedisValue Bytes(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
        {
            return None;
        }

        return MemoryMarshal.TryGetArray(value, out var segment)
            && segment.Offset == 0
            && segment.Count == segment.Array!.Length
            ? segment.Array
            : value.ToArray();
    }

    public static RedisValue Optional(long? value) => value is { } number ? number : None;

    public static RedisValue Optional(string? value) => value is null ? None : value;

    public static RedisValue Flag(bool value) => value ? "1" : "0";
}
