using System.Globalization;

namespace Jamail.Webhooks;

/// <summary>Ports that may be called.</summary>
internal sealed class PortRanges(IEnumerable<string> entries)
{
    private static readonly string[] Defaults = ["443", "80", "8443", "1024-65535"];

    private readonly List<(int First, int Last)> _ranges = [.. (entries.Any() ? entries : Defaults).Select(Parse)];

    public bool Contains(int port) => _ranges.Exists(range => port >= range.First && port <= range.Last);

    public override string ToString() =>
        string.Join(", ", _ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));

    /// <summary>What is wrong with an entry; null when nothing is.</summary>
    public static string? Problem(string? entry) => TryParse(entry, out _)
        ? null
        : $"'{entry}' is neither a port nor a range of ports: write 443 or 8000-8999, from 1 to 65535.";

    private static (int First, int Last) Parse(string entry) =>
        TryParse(entry, out var range) ? range : throw new ArgumentException(Problem(entry), nameof(entry));

    private static bool TryParse(string? entry, out (int First, int Last) range)
    {
        var parts = (entry ?? "").Split('-', 2, StringSplitOptions.TrimEntries);
        range = default;
        if (!TryPort(parts[0], out var first) || !TryPort(parts[^1], out var last) || first > last)
        {
            return false;
        }

        range = (first, last);
        return true;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;
}
