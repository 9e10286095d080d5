using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>What stands in <c>redis.json</c>: the server that belongs to a data folder.</summary>
/// <param name="Pid">Its process; 0 while it is being started.</param>
/// <param name="Port">Its port on loopback.</param>
/// <param name="RunId">Redis's own name for this run; empty while it is being started.</param>
internal sealed record RedisRecord(int Pid, int Port, string RunId)
{
    public static RedisRecord? TryRead(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            var root = json.RootElement;
            return new RedisRecord(
                root.GetProperty("pid").GetInt32(),
                root.GetProperty("port").GetInt32(),
                root.GetProperty("runId").GetString() ?? "");
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Write(string path) =>
        PrivateFile.Write(path, $$"""{"pid":{{Pid}},"port":{{Port}},"runId":"{{RunId}}"}""" + "\n");
}
