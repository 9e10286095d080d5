namespace Jamail.Queueing;

/// <summary>Finds a Redis server program.</summary>
internal static class RedisBinary
{
    public const string HowToGet =
        "No redis-server was found on the PATH: install one (Debian, Ubuntu: 'apt-get install redis-server'; " +
        "macOS: 'brew install redis') or set Jamail:Redis to the address of a server that runs.";

    private static readonly string[] Names = ["redis-server", "valkey-server"];

    /// <summary>The full path of the first one on the PATH; <see langword="null"/> when there is none.</summary>
    public static string? TryFind()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
