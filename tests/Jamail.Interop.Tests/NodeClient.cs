using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests;

/// <summary>A Node process with one major of BullMQ, asked to do things by name (node/client.mjs).</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    public const string Five = "bullmq5";
    public const string Six = "bullmq6";

    private const string Script = "client.mjs";

    private static readonly ConcurrentDictionary<string, Lazy<Task<NodeClient>>> SharedClients = new();

    private readonly NodeProcess node;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private int lastId;

    private NodeClient(NodeProcess node)
    {
        this.node = node;
        _ = Task.Run(ReadRepliesAsync);
    }

    /// <summary>Both majors, for theories.</summary>
    public static TheoryData<string> Majors => new(Five, Six);

    public int ProcessId => node.ProcessId;

    /// <summary>One process per major for the whole assembly, on the shared Redis. Only for tests that do not harm it.</summary>
    public static Task<NodeClient> SharedAsync(string major) =>
        SharedClients.GetOrAdd(major, name => new(() => StartAsync(name, RedisServer.Shared))).Value;

    /// <param name="script">Another copy of the client, beside packages of its own.</param>
    public static Task<NodeClient> StartAsync(string major, RedisServer redis, string script = Script)
    {
        var connection = new JsonObject { ["host"] = redis.Host, ["port"] = redis.Port };
        if (redis.Password is { } password)
        {
            connection["password"] = password;
        }

        if (redis.Tls is { } tls)
        {
            connection["ca"] = tls.Authority;
        }

        return StartAsync(major, connection, script);
    }

    public static async Task<NodeClient> StartAsync(string major, JsonObject connection, string script = Script)
    {
        var client = new NodeClient(await NodeProcess.StartAsync(script, [major, connection.ToJsonString()]));
        await client.CallAsync("hello");
        return client;
    }

    /// <summary>The call's result; its error is an exception with the error's message.</summary>
    public async Task<JsonElement> CallAsync(string call, params object?[] args)
    {
        var id = Interlocked.Increment(ref lastId);
        var reply = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = reply;
        await node.SendAsync(new { Id = id, Call = call, Args = args });
        try
        {
            return await reply.Task.WaitAsync(TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Node did not answer '{call}'. It printed:\n{node.Output}", exception);
        }
    }

    public async Task<T> CallAsync<T>(string call, params object?[] args) =>
        (await CallAsync(call, args)).Deserialize<T>(JsonSerializerOptions.Web)!;

    public Task KillAsync() => node.KillAsync();

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private async Task ReadRepliesAsync()
    {
        try
        {
            while (true)
            {
                var message = await node.ReadMessageAsync(Timeout.InfiniteTimeSpan);
                if (!message.TryGetProperty("id", out var id) || !waiting.TryRemove(id.GetInt32(), out var reply))
                {
                    continue;
                }

                if (message.TryGetProperty("error", out var error))
                {
                    reply.SetException(new NodeException(error.GetString()!));
                }
                else
                {
                    reply.SetResult(message.GetProperty("result"));
                }
            }
        }
        catch (InvalidOperationException ended)
        {
            foreach (var reply in waiting.Values)
            {
                reply.TrySetException(ended);
            }
        }
    }
}
