using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>The scripts of the host, checked when it is made, over its connection for commands.</summary>
internal sealed class QueueScripts(RedisConnections connections, IOptions<QueueingOptions> options, QueueingMetrics metrics)
{
    public ScriptRunner Runner { get; } =
        new(connections, new LuaScriptCatalog(options.Value.PausedLayout), metrics);

    public QueueKeys KeysOf(QueueName queue) => new(options.Value.Prefix, queue);
}
