namespace Jamail.TestSupport;

public sealed record RedisServerOptions
{
    /// <summary>Keeps data over a stop and a start (append-only file, written on every command).</summary>
    public bool AppendOnly { get; init; }

    public string? Password { get; init; }

    /// <summary>Only TLS, with a certificate of an authority of our own (<see cref="RedisServer.Tls"/>).</summary>
    public bool Tls { get; init; }

    public string MaxMemoryPolicy { get; init; } = "noeviction";

    /// <summary>For example <c>64mb</c>; null is no limit.</summary>
    public string? MaxMemory { get; init; }

    /// <summary>Further lines of the configuration file.</summary>
    public IReadOnlyList<string> FurtherLines { get; init; } = [];
}
