using StackExchange.Redis;

namespace Jamail.TestSupport;

/// <summary>Real nodes in cluster mode on free loopback ports: three masters and, unless told otherwise, a replica of each.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Masters = 3;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly Lazy<RedisCluster> SharedCluster = new(() => Task.Run(() => StartNewAsync()).GetAwaiter().GetResult());

    private static readonly string Cli = Tools.Find("redis-cli", "package redis-tools");

    private readonly List<RedisServer> nodes = [];

    private readonly int replicas;

    private RedisCluster(int replicas) => this.replicas = replicas;

    /// <summary>One cluster for the whole test assembly; no test harms it.</summary>
    public static RedisCluster Shared => SharedCluster.Value;

    public string ConnectionString => string.Join(',', nodes.Select(node => $"{node.Host}:{node.Port}")) + ",abortConnect=false,allowAdmin=true";

    /// <param name="replicas">Of each master; without any, nobody takes over from a master that died.</param>
    public static async Task<RedisCluster> StartNewAsync(int replicas = 1)
    {
        var cluster = new RedisCluster(replicas);
        cluster.nodes.AddRange(await Task.WhenAll(Enumerable.Range(0, Masters * (1 + replicas)).Select(_ => RedisServer.StartNewAsync(new()
        {
            FurtherLines =
            [
                "cluster-enabled yes", "cluster-config-file nodes.conf", "cluster-node-timeout 1500",
                $"cluster-port {Ports.Free()}",
            ],
        }))));
        await Tools.RunAsync(
            Cli,
            [
                "--cluster", "create", .. cluster.nodes.Select(node => $"{node.Host}:{node.Port}"),
                "--cluster-replicas", $"{replicas}", "--cluster-yes",
            ]);
        await Eventually.True(
            async () => (await Task.WhenAll(cluster.nodes.Select(cluster.IsCompleteAsync))).All(done => done),
            "every node to see the whole cluster",
            Bound);
        return cluster;
    }

    /// <summary>The node that is in charge of a key.</summary>
    public async Task<RedisServer> MasterOfAsync(string key, RedisServer? except = null)
    {
        var asked = nodes.First(node => node != except);
        var slot = (int)await asked.Database.ExecuteAsync("CLUSTER", "KEYSLOT", key);
        var ranges = (RedisResult[])(await asked.Database.ExecuteAsync("CLUSTER", "SLOTS"))!;
        var range = ranges.Select(item => (RedisResult[])item!).First(item => (int)item[0] <= slot && slot <= (int)item[1]);
        var port = (int)((RedisResult[])range[2]!)[1];
        return nodes.Single(node => node.Port == port);
    }

    /// <summary>Waits until a replica of the node has everything that was written before.</summary>
    public static async Task CopiedAsync(RedisServer master, string key)
    {
        // One connection for both: it is its own writes that a connection waits for, and with them all before.
        var reply = await Tools.RunAsync(
            "/bin/sh", ["-c", $"printf 'set {key} copied\\nwait 1 30000\\n' | '{Cli}' -h {master.Host} -p {master.Port}"]);
        if (reply.Trim().Split('\n')[^1] != "1")
        {
            throw new TimeoutException($"No replica has the writes of port {master.Port}: {reply}");
        }
    }

    /// <summary>Moves a key's slot, with all its keys, to another master; other keys of the slot are asked for meanwhile.</summary>
    public async Task MoveSlotAsync(string key)
    {
        var source = await MasterOfAsync(key);
        var slot = (await AskAsync(source, "cluster", "keyslot", key)).Trim();
        var target = await OtherMasterAsync(key);
        var targetId = (await AskAsync(target, "cluster", "myid")).Trim();
        await AskAsync(target, "cluster", "setslot", slot, "importing", (await AskAsync(source, "cluster", "myid")).Trim());
        await AskAsync(source, "cluster", "setslot", slot, "migrating", targetId);
        while ((await AskAsync(source, "cluster", "getkeysinslot", slot, "500")).Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } keys)
        {
            await AskAsync(source, ["migrate", target.Host, $"{target.Port}", "", "0", "5000", "keys", .. keys]);
        }

        await AskAsync(target, "cluster", "setslot", slot, "node", targetId);
        await AskAsync(source, "cluster", "setslot", slot, "node", targetId);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));

    // Asked of the node itself: a client of the library would ask any of them. A replica without its copy cannot take over.
    private async Task<bool> IsCompleteAsync(RedisServer node)
    {
        var cluster = await AskAsync(node, "cluster", "info");
        var replication = await AskAsync(node, "info", "replication");
        return cluster.Contains("cluster_state:ok", StringComparison.Ordinal)
            && cluster.Contains($"cluster_known_nodes:{nodes.Count}", StringComparison.Ordinal)
            && (replicas == 0
                || replication.Contains("connected_slaves:1", StringComparison.Ordinal)
                || replication.Contains("master_link_status:up", StringComparison.Ordinal));
    }

    /// <summary>A master that is not in charge of a key.</summary>
    public async Task<RedisServer> OtherMasterAsync(string key)
    {
        var own = await MasterOfAsync(key);
        return (await Task.WhenAll(nodes.Select(async node => (Node: node, Role: await AskAsync(node, "role")))))
            .First(found => found.Node != own && found.Role.StartsWith("master", StringComparison.Ordinal)).Node;
    }

    private static Task<string> AskAsync(RedisServer node, params string[] command) => node.AskAsync(command);
}
