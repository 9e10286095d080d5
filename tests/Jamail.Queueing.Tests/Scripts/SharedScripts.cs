using Jamail.TestSupport;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing.Tests.Scripts;

/// <summary>The scripts over the shared server.</summary>
internal static class SharedScripts
{
    private static readonly Lazy<RedisConnections> Connections = new(Connect);

    public static ScriptRunner With(PausedLayout layout) => new(Connections.Value, new LuaScriptCatalog(layout), new QueueingMetrics(TimeProvider.System));

    private static RedisConnections Connect()
    {
        var options = Options.Create(new JamailHostOptions { Redis = RedisServer.Shared.ConnectionString });
        var connections = new RedisConnections(new ConfiguredRedisEndpoint(options), TimeProvider.System);
        Task.Run(() => connections.WaitUntilUpAsync(CancellationToken.None)).GetAwaiter().GetResult();
        return connections;
    }
}
