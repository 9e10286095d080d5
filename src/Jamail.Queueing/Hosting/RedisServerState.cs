using System.Globalization;

namespace Jamail.Queueing;

/// <summary>What a Redis server says of itself.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="RunId">Its own name for this run.</param>
/// <param name="IsLoading">Whether it still reads its file.</param>
internal sealed record RedisServerState(int Pid, string RunId, bool IsLoading)
{
    public static RedisServerState Read(string info)
    {
        var fields = info.Split("\r\n")
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        return new RedisServerState(
            int.Parse(fields["process_id"].FirstOrDefault("0"), CultureInfo.InvariantCulture),
            fields["run_id"].FirstOrDefault(""),
            fields["loading"].FirstOrDefault("0") != "0");
    }
}
