using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// State of our own beside a queue, where other clients' maintenance does not act on it: <c>jamail:{…}:</c>, each key with an
/// expiry. Every call is bounded, and ends in <see cref="JobQueueException"/> when Redis does not answer.
/// </summary>
internal sealed class OwnKeys(RedisConnections connections, QueueScripts scripts, IOptions<QueueingOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The key's full name. With Redis Cluster it lies in the slot of the queue's keys.</summary>
    public static string Of(string prefix, QueueName queue, string name) =>
        Tag(prefix) is { } common ? $"jamail:{common}:{queue}:{name}"
        : Tag(queue.Value) is { } own ? $"jamail:{own}:{prefix}:{queue}:{name}"
        : $"jamail:{{{prefix}:{queue}}}:{name}";

    public Task SetAsync(QueueName queue, string name, byte[] value, TimeSpan keep) =>
        BoundAsync(database => database.StringSetAsync(Key(queue, name), value, keep));

    public async Task<byte[]?> GetAsync(QueueName queue, string name) =>
        await BoundAsync(database => database.StringGetAsync(Key(queue, name))).ConfigureAwait(false);

    public Task RemoveAsync(QueueName queue, string name) =>
        BoundAsync(database => database.KeyDeleteAsync(Key(queue, name)));

    /// <summary>Runs a script whose reply is a list of whole numbers.</summary>
    public async Task<long[]> RunAsync(LuaScript script, QueueName queue, string[] names, params string[] arguments)
    {
        var keys = Array.ConvertAll(names, name => (RedisKey)Key(queue, name));
        var values = Array.ConvertAll(arguments, argument => (RedisValue)argument);
        return (long[])await BoundAsync(_ => scripts.Runner.RunAsync(script, keys, values)).ConfigureAwait(false);
    }

    /// <summary>Runs a script that also reads keys of the queue itself and answers with a list of lists, whose items are taken as text.</summary>
    /// <param name="script">What to run.</param>
    /// <param name="queue">Whose keys.</param>
    /// <param name="name">Of a key of our own, which comes first.</param>
    /// <param name="suffix">Of a key of the queue: <c>delayed</c>.</param>
    /// <param name="arguments">What the script takes besides.</param>
    public async Task<string[][]> RunGroupAsync(
        LuaScript script, QueueName queue, string name, string suffix, IReadOnlyList<string> arguments)
    {
        RedisKey[] keys = [Key(queue, name), $"{options.Value.Prefix}:{queue}:{suffix}"];
        var values = new RedisValue[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i];
        }

        var reply = (RedisResult[])await BoundAsync(_ => scripts.Runner.RunAsync(script, keys, values)).ConfigureAwait(false);
        return Array.ConvertAll(reply, item => (string[])item);
    }

    // With its braces: what decides about the slot when the whole key does not.
    private static string? Tag(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('}', open);
        return close > open + 1 ? text[open..(close + 1)] : null;
    }

    private string Key(QueueName queue, string name) => Of(options.Value.Prefix, queue, name);

    private async Task<T> BoundAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await call(connections.Database).WaitAsync(Patience, clock).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new JobQueueException(JobQueueError.Unavailable, $"Redis did not answer: {fault.Message}");
        }
    }
}
