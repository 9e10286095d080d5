using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.Webhooks.Tests.Integration;
using StackExchange.Redis;

namespace Jamail.Webhooks.Tests.Gates;

public sealed class EndpointGateTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private WebhookHost _host = null!;

    private EndpointGate Gate => _host.Get<EndpointGate>();

    public async Task InitializeAsync()
    {
        _host = await WebhookHost.StartAsync(
            Databases.Sqlite, settings => settings["Jamail:Webhooks:MaxInFlightPerTenant"] = "2", works: false);
        await AddAsync("whd-other", age: 0); // Waits for the connection.
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Who_leaves_calls_the_oldest_that_waits_for_the_place()
    {
        var terms = Terms("w1", most: 1);
        var first = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d1", await AddAsync("whd-1", age: 1)));
        Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d3", await AddAsync("whd-3", age: 3)));
        Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d2", await AddAsync("whd-2", age: 2)));

        await Gate.LeaveAsync(first, succeeded: true);

        Assert.Equal((JobState.Waiting, JobState.Delayed), (await StateAsync("whd-2"), await StateAsync("whd-3")));
        var second = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d2", Job("whd-2", age: 2)));
        await Gate.LeaveAsync(second, succeeded: false);
        Assert.Equal(JobState.Waiting, await StateAsync("whd-3"));
    }

    [Fact]
    public async Task Who_is_sent_away_again_keeps_the_place_among_those_that_wait()
    {
        var terms = Terms("w1", most: 1);
        var first = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d1", await AddAsync("whd-1", age: 1)));
        var (older, younger) = (await AddAsync("whd-2", age: 2), await AddAsync("whd-3", age: 3));
        await Gate.EnterAsync(terms, "d3", younger);
        await Gate.EnterAsync(terms, "d2", older);
        await Gate.EnterAsync(terms, "d3", younger);
        await Gate.EnterAsync(terms, "d2", older);

        await Gate.LeaveAsync(first, succeeded: true);

        Assert.Equal((JobState.Waiting, JobState.Delayed), (await StateAsync("whd-2"), await StateAsync("whd-3")));
    }

    [Fact]
    public async Task A_token_is_kept_for_who_waited_for_it_whoever_comes_meanwhile()
    {
        var terms = await WaitForTokenAsync();
        await PassTimeAsync("whd-2", TimeSpan.FromSeconds(1));

        Assert.Equal(GateReason.Rate, Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d3", Job("whd-3", age: 3))).Reason);
        Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d2", Job("whd-2", age: 2)));
        Assert.Null(await PacedAsync("whd-2"));
    }

    [Fact]
    public async Task A_token_is_kept_for_a_minute_at_most()
    {
        var terms = await WaitForTokenAsync();
        await PassTimeAsync("whd-2", TimeSpan.FromSeconds(61));

        Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d3", Job("whd-3", age: 3)));
    }

    [Fact]
    public async Task Who_asks_for_a_token_before_its_time_keeps_its_time()
    {
        var terms = await WaitForTokenAsync();
        var time = await PacedAsync("whd-2");

        Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d2", Job("whd-2", age: 2)));

        Assert.Equal(time, await PacedAsync("whd-2"));
    }

    [Fact]
    public async Task An_endpoint_that_its_owner_enabled_has_all_its_tokens_and_keeps_none()
    {
        var terms = await WaitForTokenAsync();
        await Gate.ForgetAsync("w1");
        Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d3", Job("whd-3", age: 3)));

        await WaitForTokenAsync();
        await PassTimeAsync("whd-2", TimeSpan.FromSeconds(1));
        await Gate.ForgetAsync("w1");
        Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d4", Job("whd-4", age: 4)));
    }

    [Fact]
    public async Task One_that_its_worker_still_holds_is_called_by_the_next_who_leaves_and_one_that_is_gone_is_forgotten()
    {
        var terms = Terms("w1", most: 2);
        var first = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d1", Job("whd-1", age: 1)));
        var second = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, "d2", Job("whd-2", age: 2)));
        await Gate.EnterAsync(terms, "d3", Job("whd-gone", age: 3));
        await Gate.EnterAsync(terms, "d4", Job("whd-held", age: 4));
        await Gate.EnterAsync(terms, "d5", await AddAsync("whd-5", age: 5));
        using var redis = await ConnectionMultiplexer.ConnectAsync(RedisServer.Shared.ConnectionString);
        var prefix = _host.Settings["Jamail:Queueing:Prefix"];
        await redis.GetDatabase().StringSetAsync($"{prefix}:webhook-delivery:whd-held:lock", "token");

        await Gate.LeaveAsync(first, succeeded: true);
        Assert.Equal(JobState.Waiting, await StateAsync("whd-5"));

        await AddAsync("whd-held", age: 4);
        await AddAsync("whd-gone", age: 3);
        await Gate.LeaveAsync(second, succeeded: true);
        Assert.Equal((JobState.Waiting, JobState.Delayed), (await StateAsync("whd-held"), await StateAsync("whd-gone")));
    }

    [Fact]
    public async Task A_place_of_the_tenant_goes_to_the_oldest_at_any_of_its_endpoints()
    {
        var first = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(Terms("w1", most: 9), "d1", Job("whd-1", age: 1)));
        Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(Terms("w2", most: 9), "d2", Job("whd-2", age: 2)));
        Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(Terms("w3", most: 9), "d3", await AddAsync("whd-3", age: 3)));

        await Gate.LeaveAsync(first, succeeded: true);

        Assert.Equal(JobState.Waiting, await StateAsync("whd-3"));
    }

    [Theory]
    [InlineData("FFFS", 21, true)]
    [InlineData("FFFSS", 45, false)]
    [InlineData("F", 9, false)]
    [InlineData("F", 10, true)]
    public async Task A_circuit_opens_at_ten_failures_in_a_row_or_seven_of_ten_of_at_least_twenty(string pattern, int requests, bool opens)
    {
        var terms = Terms("w1", most: 1);
        for (var n = 0; n < requests; n++)
        {
            var pass = Assert.IsType<GatePass.Entered>(await Gate.EnterAsync(terms, $"d{n}", Job($"whd-{n}", age: n)));
            await Gate.LeaveAsync(pass, succeeded: pattern[n % pattern.Length] == 'S');
        }

        var next = await Gate.EnterAsync(terms, "next", Job("whd-next", age: requests));

        Assert.Equal(opens, next is GatePass.Wait { Reason: GateReason.Circuit });
    }

    [Fact]
    public async Task The_more_wait_the_more_seldom_each_asks_by_itself()
    {
        var terms = Terms("w1", most: 1);
        await Gate.EnterAsync(terms, "d0", Job("whd-0", age: 0));
        var waits = new List<TimeSpan>();
        for (var n = 1; n <= 100; n++)
        {
            waits.Add(Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, $"d{n}", Job($"whd-{n}", age: n))).Time);
        }

        // Together no more than a hundred times a second.
        Assert.Equal(Enumerable.Range(1, 100).Select(n => TimeSpan.FromMilliseconds(100 + (10 * n))), waits);
        Assert.Equal(waits[^1], Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d1", Job("whd-1", age: 1))).Time);
    }

    // There is no token for an hour, so that d2 has a time to ask again.
    private async Task<GateTerms> WaitForTokenAsync()
    {
        var terms = Terms("w1", most: 10) with { RatePerSecond = 1 };
        await SpendAsync(DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(GateReason.Rate, Assert.IsType<GatePass.Wait>(await Gate.EnterAsync(terms, "d2", Job("whd-2", age: 2))).Reason);
        return terms;
    }

    private Task<double?> PacedAsync(string job) => WithRedisAsync((redis, own) => redis.SortedSetScoreAsync($"{own}paced:w1", job));

    // The bucket, which holds one token, is full again at that time.
    private Task<bool> SpendAsync(DateTimeOffset fullAt) =>
        WithRedisAsync((redis, own) => redis.HashSetAsync($"{own}pace:w1", "spent", fullAt.ToUnixTimeMilliseconds()));

    // It is full, and the job's time has come.
    private async Task PassTimeAsync(string job, TimeSpan ago)
    {
        await SpendAsync(DateTimeOffset.UnixEpoch);
        var at = (DateTimeOffset.UtcNow - ago).ToUnixTimeMilliseconds();
        Assert.False(await WithRedisAsync((redis, own) => redis.SortedSetAddAsync($"{own}paced:w1", job, at)));
    }

    private async Task<TResult> WithRedisAsync<TResult>(Func<IDatabase, string, Task<TResult>> use)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(RedisServer.Shared.ConnectionString);
        return await use(redis.GetDatabase(), $"jamail:{{{_host.Settings["Jamail:Queueing:Prefix"]}:webhook-delivery}}:");
    }

    private static GateTerms Terms(string webhook, int most) => new(webhook, "t", most, null, TimeSpan.FromMinutes(1));

    private static WaitingJob Job(string id, int age) => new(JobId.Parse(id), Start + TimeSpan.FromSeconds(age));

    private async Task<WaitingJob> AddAsync(string id, int age)
    {
        await _host.Queue.AddAsync("later", new { }, new JobOptions { Id = JobId.Choose(id), Delay = TimeSpan.FromHours(1) });
        return Job(id, age);
    }

    private async Task<JobState?> StateAsync(string id) => (await _host.Inspector.TryGetJobAsync(JobId.Parse(id)))?.State;
}
