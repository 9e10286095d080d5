using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Jamail.AspNetCore;

/// <summary>Remembers in Redis which webhooks were handled.</summary>
internal sealed class SeenWebhooks(RedisConnections redis, IOptions<QueueingOptions> queueing, TimeProvider clock)
{
    private const string Done = "done";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly QueueName Namespace = "webhook-receiver";

    /// <summary>Takes a webhook to handle it.</summary>
    /// <returns>A token to end it with; null when it is handled by somebody else now, or was handled.</returns>
    public async Task<(string? Token, bool IsDone)> TryTakeAsync(RedisKey key, TimeSpan lease, CancellationToken cancellationToken)
    {
        // The first webhook may come before the first connection stands.
        await redis.WaitUntilUpAsync(cancellationToken).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        var token = Guid.NewGuid().ToString("N");
        if (await CallAsync(redis.Database.StringSetAsync(key, token, lease, When.NotExists), cancellationToken).ConfigureAwait(false))
        {
            return (token, false);
        }

        var held = (string?)await CallAsync(redis.Database.StringGetAsync(key), cancellationToken).ConfigureAwait(false);
        return (null, held == Done);
    }

    public Task KeepAsync(RedisKey key, TimeSpan kept, CancellationToken cancellationToken) =>
        CallAsync(redis.Database.StringSetAsync(key, Done, kept), cancellationToken);

    public Task ForgetAsync(RedisKey key, CancellationToken cancellationToken) =>
        CallAsync(redis.Database.KeyDeleteAsync(key), cancellationToken);

    // Ids come from outside: whatever they hold, the key is short.
    public RedisKey Key(string path, string id) =>
        OwnKeys.Of(queueing.Value.Prefix, Namespace, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{id}"))));

    private Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(Patience, clock, cancellationToken);
}
