namespace Jamail.Queueing;

/// <summary>The folder of a host's embedded servers. Only its owner may look inside.</summary>
internal sealed class DataDirectory(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root => root;

    public string Database => Path.Combine(root, "jamail.db");

    public string Key => Path.Combine(root, "key.json");

    public string RedisFolder => Path.Combine(root, "redis");

    public string RedisSettings => Path.Combine(root, "redis", "redis.conf");

    public string RedisLog => Path.Combine(root, "redis", "redis.log");

    public string RedisPid => Path.Combine(root, "redis", "redis.pid");

    public string RedisPassword => Path.Combine(root, "redis.password");

    public string RedisRecord => Path.Combine(root, "redis.json");

    /// <summary>Held while the server is started, adopted or stopped.</summary>
    public string ChangeLock => Path.Combine(root, "change.lock");

    /// <summary>Held, shared, by every host that uses the server; who is last stops it.</summary>
    public string UseLock => Path.Combine(root, "use.lock");

    /// <summary>Makes the folders where they are missing.</summary>
    /// <returns>Why that is not possible; <see langword="null"/> when all is well.</returns>
    public string? TryPrepare()
    {
        try
        {
            foreach (var folder in (string[])[root, RedisFolder])
            {
                Prepare(folder);
            }

            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    private static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (File.GetUnixFileMode(folder) != OwnerOnly)
        {
            File.SetUnixFileMode(folder, OwnerOnly);
        }
    }
}
