using System.Globalization;

namespace Jamail.Bench.Mail;

/// <summary>CPU time of this process and everything it started, by program: where a machine's time goes besides the side itself.</summary>
internal static class CpuTimes
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds so far; <c>sink</c> is this process.</summary>
    public static SortedDictionary<string, double> Read()
    {
        var processes = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? ReadStat(id) : null)
            .OfType<Stat>()
            .ToDictionary(stat => stat.Id);
        var times = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var stat in processes.Values.Where(stat => IsOurs(stat.Id)))
        {
            var name = stat.Id == Environment.ProcessId ? "sink" : stat.Name;
            times[name] = times.GetValueOrDefault(name) + stat.Seconds;
        }

        return times;

        bool IsOurs(int id)
        {
            while (id != Environment.ProcessId)
            {
                if (!processes.TryGetValue(id, out var stat))
                {
                    return false;
                }

                id = stat.Parent;
            }

            return true;
        }
    }

    /// <summary>Milliseconds for each mail between two readings.</summary>
    public static string PerMail(SortedDictionary<string, double> before, SortedDictionary<string, double> after, int mails) =>
        string.Join(", ", after.Select(time => string.Create(
            CultureInfo.InvariantCulture, $"{time.Key} {(time.Value - before.GetValueOrDefault(time.Key)) * 1000 / mails:0.00}")));

    private static Stat? ReadStat(int id)
    {
        try
        {
            // The name stands in brackets and may hold any character.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var close = text.LastIndexOf(')');
            var name = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..close];
            var fields = text[(close + 2)..].Split(' ');

            // Of this process without its children that ended: they are servers and sides of earlier runs.
            var last = id == Environment.ProcessId ? 12 : 14;
            var ticks = Enumerable.Range(11, last - 10).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
            return new Stat(id, name.StartsWith(".NET", StringComparison.Ordinal) ? "dotnet" : name,
                int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
        }
        catch (IOException)
        {
            return null; // It ended meanwhile.
        }
    }

    private sealed record Stat(int Id, string Name, int Parent, double Seconds);
}
