using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jamail.Mail.Tests.Sending;

/// <summary>On a real Redis, whose clock counts.</summary>
public sealed class ProviderLimitsTests
{
    [Fact]
    public async Task Two_hosts_share_a_rate_and_those_refused_are_spread_over_the_time_it_takes()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (hostOne, one) = await StartAsync(system, rate: "1");
        await using var _ = hostOne;
        var (hostTwo, two) = await StartAsync(system, rate: "1");
        await using var __ = hostTwo;

        var permits = new List<SendPermit>();
        for (var i = 0; i < 10; i++)
        {
            permits.Add(await one.TakeAsync(isBulk: false, CancellationToken.None));
            permits.Add(await two.TakeAsync(isBulk: false, CancellationToken.None));
        }

        // A token or two to begin with, and those of the time this took.
        Assert.InRange(permits.Count(permit => permit.IsGranted), 0, 12);
        var waits = permits.Where(permit => !permit.IsGranted).Select(permit => permit.Wait).ToList();
        Assert.True(waits[^1] - waits[0] > TimeSpan.FromSeconds((waits.Count - 1) * 0.4), string.Join(' ', waits));
        Assert.Equal(1, one.RateNow);
    }

    [Fact]
    public async Task Two_hosts_share_places_and_a_place_given_back_is_there_for_the_other()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (hostOne, one) = await StartAsync(system, most: "3");
        await using var _ = hostOne;
        var (hostTwo, two) = await StartAsync(system, most: "3");
        await using var __ = hostTwo;

        Assert.True((await one.TakeAsync(false, CancellationToken.None)).IsGranted);
        Assert.True((await one.TakeAsync(false, CancellationToken.None)).IsGranted);
        Assert.True((await two.TakeAsync(false, CancellationToken.None)).IsGranted);
        var refused = await two.TakeAsync(false, CancellationToken.None);
        Assert.False(refused.IsGranted);
        Assert.True(refused.Wait > TimeSpan.Zero);

        one.Done(accepted: true);
        await Eventually.True(async () => (await two.TakeAsync(false, CancellationToken.None)).IsGranted, "the place of the other host");
    }

    [Fact]
    public async Task Bulk_leaves_a_place_to_others()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (host, limits) = await StartAsync(system, most: "2");
        await using var _ = host;
        await Eventually.True(async () => (await limits.TakeAsync(isBulk: true, CancellationToken.None)).IsGranted, "a place for bulk");

        Assert.False((await limits.TakeAsync(isBulk: true, CancellationToken.None)).IsGranted);
        Assert.True((await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted);
        Assert.False((await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted);
    }

    [Fact]
    public async Task Bulk_leaves_a_token_to_others()
    {
        // One mail in a hundred seconds, and two tokens to begin with, one of which the start took.
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (host, limits) = await StartAsync(system, rate: "0.01");
        await using var _ = host;

        Assert.False((await limits.TakeAsync(isBulk: true, CancellationToken.None)).IsGranted);
        Assert.True((await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted);
        Assert.False((await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted);
    }

    [Fact]
    public async Task A_server_without_limits_is_limited_to_a_little_less_than_it_accepted_once_it_complains()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (host, limits) = await StartAsync(system);
        await using var _ = host;
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted);
            limits.Done(accepted: true);
        }

        limits.Throttled();

        await Eventually.True(() => limits.RateNow is not null, "a rate to be learnt");
        Assert.InRange(limits.RateNow!.Value, 1, 18.001);

        // The other hosts hear of it.
        var (other, same) = await StartAsync(system);
        await using var __ = other;
        Assert.Equal(limits.RateNow, same.RateNow);
    }

    /// <summary>
    /// A host that stood still, or had little to send, has accepted little when the burst afterwards meets a complaint. That says nothing of
    /// the server, unless it goes on complaining.
    /// </summary>
    [Fact]
    public async Task One_complaint_after_a_quiet_time_lowers_the_rate_by_one_step_and_those_that_follow_to_what_was_accepted()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (host, limits) = await StartAsync(system);
        await using var _ = host;
        var key = $"jamail:{{{system.Settings.Prefix}:{MailOptions.QueueName}}}:limits:default";
        var now = DateTimeOffset.UtcNow;
        await system.Redis.Database.HashSetAsync(
            key,
            [
                new("rate", "12.6"), new("raised", now.ToUnixTimeMilliseconds()), new("lowered", (now - TimeSpan.FromMinutes(1)).ToUnixTimeMilliseconds()),
                .. Enumerable.Range(0, 10).SelectMany(back => Accepted(now - TimeSpan.FromSeconds(back), 3)),
            ]);

        limits.Throttled();
        await Eventually.True(() => limits.RateNow is > 11.3 and < 11.4, "the rate to be one step lower");

        // Told by five mails under way within a second, it is the same complaint: the second is one that cannot be over.
        await LoweredAsync(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1));
        limits.Throttled();
        await limits.TakeAsync(isBulk: false, CancellationToken.None);
        Assert.InRange(limits.RateNow!.Value, 11.3, 11.4);

        await LoweredAsync(DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(1_100));
        limits.Throttled();
        await Eventually.True(() => limits.RateNow is >= 2 and < 4, "the rate to be what was accepted");

        Task LoweredAsync(DateTimeOffset at) => system.Redis.Database.HashSetAsync(key, [new("lowered", at.ToUnixTimeMilliseconds())]);

        static HashEntry[] Accepted(DateTimeOffset at, int count) =>
            [new($"second{at.ToUnixTimeSeconds() % 10}", at.ToUnixTimeSeconds()), new($"count{at.ToUnixTimeSeconds() % 10}", count)];
    }

    private static async Task<(MailHost Host, ProviderLimits Limits)> StartAsync(MailSystem system, string? rate = null, string? most = null)
    {
        var host = await system.StartHostAsync(settings => settings with
        {
            Works = false,
            More = new Dictionary<string, string?> { ["Jamail:Mail:Smtp:RatePerSecond"] = rate, ["Jamail:Mail:Smtp:MaxConcurrent"] = most },
        });
        var limits = (await host.Services.GetRequiredService<MailProviders>().FindAsync("default", "default", CancellationToken.None))!.Limits;
        await Eventually.True(async () => (await limits.TakeAsync(isBulk: false, CancellationToken.None)).IsGranted, "Redis to be reached");
        limits.Done(accepted: false);
        return (host, limits);
    }
}
