using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Whether Redis answers and is fit for queues: does not evict, has room, and agrees about the time.</summary>
internal sealed class RedisHealthCheck(RedisConnections connections, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new Findings();
        try
        {
            await LookAsync(connections.Database, findings).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                exception is TimeoutException
                    ? $"Redis did not answer within {Patience.TotalSeconds} s."
                    : "Redis is away; queues wait for it.");
        }

        return findings.Result("Redis answers.");
    }

    private async Task LookAsync(IDatabase database, Findings findings)
    {
        await database.PingAsync().ConfigureAwait(false);
        try
        {
            var sentAt = clock.GetUtcNow();
            var time = (string[])(await database.ExecuteAsync("TIME").ConfigureAwait(false))!;
            findings.Warn(Skew(sentAt, time[0], clock.GetUtcNow()));
            findings.Warn(RedisServerCheck.Warning(
                (string)(await database.ExecuteAsync("INFO", "server").ConfigureAwait(false))!,
                (string)(await database.ExecuteAsync("INFO", "memory").ConfigureAwait(false))!));
        }
        catch (RedisServerException)
        {
            // A server that does not let us look is not looked at.
        }
    }

    // Delays and the age of jobs are reckoned by the clocks of clients.
    internal static string? Skew(DateTimeOffset sentAt, string redisSeconds, DateTimeOffset answeredAt)
    {
        var theirs = DateTimeOffset.FromUnixTimeSeconds(long.Parse(redisSeconds, CultureInfo.InvariantCulture));
        var ahead = sentAt - theirs - TimeSpan.FromSeconds(1);
        var behind = theirs - answeredAt;
        var skew = ahead > behind ? ahead : behind;
        return skew > MostSkew
            ? $"The clocks of this host and of Redis differ by {skew.TotalSeconds:0} s, and delays with them; synchronize both."
            : null;
    }
}
