using System.Net;

namespace Jamail.Shared;

/// <summary>Host names that mean something on this machine or network, never on the internet.</summary>
internal static class LocalNames
{
    private static readonly string[] Suffixes = [".localhost", ".local", ".internal"];

    public static bool Contains(string host) =>
        !IPAddress.TryParse(host, out _)
        && (!host.Contains('.', StringComparison.Ordinal)
            || Array.Exists(Suffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)));

    public static bool IsMetadata(string host) =>
        host.Equals("metadata.google.internal", StringComparison.OrdinalIgnoreCase);
}
