namespace Jamail.Queueing;

/// <summary>Finds the workers of a queue among the clients of Redis, by the names of their blocking connections.</summary>
internal static class WorkerList
{
    public static async Task<IReadOnlyList<WorkerInfo>> ReadAsync(RedisConnections connections, QueueKeys keys)
    {
        var nameless = WorkerName.OfConnection(keys.Prefix, keys.Queue, null);
        var named = nameless + ":w:";
        return
        [
            .. (await connections.ClientsAsync().ConfigureAwait(false))
                .Where(client => client.Name is { } name
                    && (name == nameless || name.StartsWith(named, StringComparison.Ordinal)))
                .Select(client => new WorkerInfo(
                    client.Name.Length > named.Length ? client.Name[named.Length..] : null,
                    client.Address.ToString() ?? "",
                    TimeSpan.FromSeconds(client.AgeSeconds))),
        ];
    }
}
