using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>Where the figures come from.</summary>
internal sealed record MachineFacts
{
    public required string Processor { get; init; }

    public required string Memory { get; init; }

    public required string Versions { get; init; }

    public required string Code { get; init; }

    /// <summary>Share of the machine that others took while the bench did nothing.</summary>
    public required double Busy { get; init; }

    public DateTimeOffset Date { get; } = DateTimeOffset.UtcNow;

    public static async Task<MachineFacts> ReadAsync() => new()
    {
        Processor = $"{Environment.ProcessorCount} cores, {Field("/proc/cpuinfo", "model name")}",
        Memory = $"{long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1048576.0:0.0} GiB",
        Versions = string.Join(", ",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"Node {await Programs.OutputAsync("node", ["--version"])}",
            $"bullmq {Package("bullmq")}",
            $"ioredis {Package("ioredis")}",
            (await Programs.OutputAsync("redis-server", ["--version"])).Split(" sha=")[0]),
        Code = await CommitAsync(),
        Busy = await BusyAsync(),
    };

    private static async Task<string> CommitAsync()
    {
        var commit = await Programs.OutputAsync("git", ["-C", Repository.Root, "rev-parse", "--short", "HEAD"]);
        var changes = await Programs.OutputAsync("git", ["-C", Repository.Root, "status", "--porcelain", "--", "src", "bench"]);
        return commit.Length == 0 ? "not under version control" : changes.Length == 0 ? commit : $"{commit} with changes";
    }

    private static async Task<double> BusyAsync()
    {
        var (idleBefore, allBefore) = CpuTimes();
        await Task.Delay(2000);
        var (idle, all) = CpuTimes();
        return 1 - (idle - idleBefore) / (all - allBefore);
    }

    private static (double Idle, double All) CpuTimes()
    {
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(static time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        return (times[3] + times[4], times.Sum());
    }

    private static string Field(string file, string name) => File.ReadLines(file)
        .First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':', 2)[1].Trim();

    private static string Package(string name)
    {
        using var file = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("bench", "node", "node_modules", name, "package.json")));
        return file.RootElement.GetProperty("version").GetString()!;
    }
}
