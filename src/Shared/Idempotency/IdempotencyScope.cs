namespace Jamail.Shared;

/// <param name="Tenant">Whose key it is.</param>
/// <param name="Route">The kind of call; keys of different kinds are different keys.</param>
/// <param name="Key">The caller's key.</param>
internal readonly record struct IdempotencyScope(string Tenant, string Route, string Key)
{
    public const int MaxKeyLength = 256;

    public static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxKeyLength && key.All(character => character is > ' ' and < '\x7f');
}
