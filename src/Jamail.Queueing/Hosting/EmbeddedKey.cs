using System.Security.Cryptography;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>The key at rest of an embedded host: made once, and needed for as long as the database is.</summary>
internal static class EmbeddedKey
{
    private const int KeyBytes = 32;

    public static JamailKey ReadOrMake(string path)
    {
        using var stored = JsonDocument.Parse(PrivateFile.ReadOrMake(path, Make));
        return new JamailKey
        {
            Id = stored.RootElement.GetProperty("id").GetString()!, // Written by Make.
            Key = stored.RootElement.GetProperty("key").GetString()!,
        };
    }

    private static string Make()
    {
        var id = "embedded-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        return $$"""{"id":"{{id}}","key":"{{key}}"}""" + "\n";
    }
}
