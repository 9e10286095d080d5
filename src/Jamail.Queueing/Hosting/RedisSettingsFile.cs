namespace Jamail.Queueing;

/// <summary>The configuration file of the embedded server. Everything stands in it, so that nothing does in its arguments.</summary>
internal static class RedisSettingsFile
{
    public static void Write(DataDirectory directory, int port, string password) => PrivateFile.Write(
        directory.RedisSettings,
        $"""
        bind 127.0.0.1
        port {port}
        requirepass {password}
        daemonize yes
        dir {Quoted(directory.RedisFolder)}
        pidfile {Quoted(directory.RedisPid)}
        logfile {Quoted(directory.RedisLog)}
        appendonly yes
        appendfsync everysec
        save ""
        maxmemory-policy noeviction

        """);

    private static string Quoted(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
