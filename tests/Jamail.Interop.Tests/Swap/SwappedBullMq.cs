using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Jamail.Interop.Tests.Differential;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Swap;

/// <summary>BullMQ 6.7.0 with our scripts in the place of its own.</summary>
public sealed class SwappedBullMq : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new("swap");
    private Dictionary<string, byte[]> _theirs = [];

    public RedisServer Redis { get; private set; } = null!;

    internal NodeClient Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using (var node = await NodeProcess.StartAsync("swap-scripts.mjs", [_folder.Path]))
        {
            var swapped = await node.ReadAsync("swapped", TimeSpan.FromMinutes(3));
            Assert.Equal(50, swapped.GetProperty("scripts").GetInt32());
        }

        _theirs = (await OracleScripts.LoadAsync(NodeClient.Six)).Scripts
            .ToDictionary(script => script.Name, script => Hash(script.Text), StringComparer.Ordinal);
        Redis = await RedisServer.StartNewAsync();
        Node = await StartNodeAsync();
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Redis.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A further process on our scripts.</summary>
    internal Task<NodeClient> StartNodeAsync() => NodeClient.StartAsync(NodeClient.Six, Redis, _folder.File("client.mjs"));

    /// <summary>Asserts that these ran as ours, and nothing of BullMQ's own did.</summary>
    internal async Task RanOnOursAsync(params string[] scripts)
    {
        var ours = new LuaScriptCatalog(PausedLayout.Wait);
        foreach (var script in scripts)
        {
            Assert.True(await Redis.Server.ScriptExistsAsync(ours[script].Sha1), $"{script} did not run.");
        }

        foreach (var (name, hash) in _theirs)
        {
            Assert.False(await Redis.Server.ScriptExistsAsync(hash), $"BullMQ's own {name} ran.");
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by their SHA-1.")]
    private static byte[] Hash(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));
}
