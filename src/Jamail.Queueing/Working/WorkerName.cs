using System.Text;

namespace Jamail.Queueing;

/// <summary>How a worker is known to Redis and to Node's tools.</summary>
internal static class WorkerName
{
    /// <summary>The name of a connection that reads a queue's events.</summary>
    public static string OfEvents(QueueKeys keys)
    {
        var prefix = keys.Name[..^(keys.Queue.Value.Length + 1)];
        return OfConnection(prefix, keys.Queue, null) + ":qe";
    }

    /// <summary>The name of the blocking connection, by which <c>getWorkers</c> finds the workers of a queue.</summary>
    public static string OfConnection(string prefix, QueueName queue, string? name)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(queue.Value));
        return string.IsNullOrEmpty(name) ? $"{prefix}:{encoded}" : $"{prefix}:{encoded}:w:{name}";
    }
}
