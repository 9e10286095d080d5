using Jamail.TestSupport;
using ReferenceHost.Tests.Routes;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Hosting;

public sealed class OutageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("host");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Readiness_follows_Redis_and_an_idle_host_stays_ready(bool hangs)
    {
        await using var redis = await RedisServer.StartNewAsync();
        var settings = await SettingsAsync(redis);
        settings["Jamail__Queueing__Workers__email-sending__IdleWait"] = "00:00:00.500";
        await using var host = await RunningHost.StartAsync(settings);
        await Task.Delay(TimeSpan.FromSeconds(2)); // Some idle waits long.
        (await host.Api.GetAsync("/health/ready")).Expect(200);

        await (hangs ? Task.Run(redis.Pause) : redis.StopAsync());
        await ReadyAsync(host, 503);
        (await host.Api.GetAsync("/health/live")).Expect(200);
        await Task.Delay(TimeSpan.FromSeconds(2)); // Longer than an idle wait and its watchdog.

        await (hangs ? Task.Run(redis.Resume) : redis.StartAsync());
        await ReadyAsync(host, 200);
    }

    [Fact]
    public async Task An_e_mail_is_accepted_while_Redis_is_away_and_sent_when_it_is_back()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await RunningHost.StartAsync(await SettingsAsync(redis));
        var template = await host.Api.CreateAsync();

        await redis.StopAsync();
        var logId = await host.Api.SendAsync(template, "anna@example.com");
        Assert.Equal("queued", (await host.Api.GetAsync($"/api/send-logs/{logId}")).Expect(200)["status"].GetString());
        (await host.Api.GetAsync("/api/queues")).Expect(503);

        await redis.StartAsync();
        await Eventually.Satisfies(
            () => host.Api.GetAsync($"/api/send-logs/{logId}"),
            reply => reply["status"].GetString() == "sent",
            "the e-mail to be sent",
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Nothing_is_accepted_while_the_database_is_away()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__Database"] = postgres.ConnectionString;
        await using var host = await RunningHost.StartAsync(settings);
        var template = await host.Api.CreateAsync();

        await postgres.StopAsync();
        (await host.Api.PostAsync(
            $"/api/templates/{template}/send", new { recipient = "anna@example.com", variables = new { name = "Anna" } })).Expect(503);
        (await host.Api.PostAsync("/api/events", new { type = "order.paid", payload = 1 })).Expect(503);
        await ReadyAsync(host, 503);

        await postgres.StartAsync();
        await ReadyAsync(host, 200);
        var logId = await host.Api.SendAsync(template, "anna@example.com");
        await SendTests.SentAsync(host.Api, logId);
    }

    [Fact]
    public async Task A_Redis_that_evicts_is_warned_about_and_shown_in_health()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { MaxMemoryPolicy = "allkeys-lru" });
        await using var host = await RunningHost.StartAsync(await SettingsAsync(redis));

        var ready = await Eventually.Satisfies(
            () => host.Api.GetAsync("/health/ready"), reply => reply["status"].GetString() == "degraded", "health to be degraded");

        Assert.Equal(200, ready.Status);
        Assert.Contains("noeviction", ready.Text, StringComparison.Ordinal);
        Assert.Contains("noeviction", host.Output, StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, string>> SettingsAsync(RedisServer redis)
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__Redis"] = redis.ConnectionString;
        settings["Jamail__Mail__SweepInterval"] = "00:00:01";
        return settings;
    }

    private static Task<int> ReadyAsync(RunningHost host, int status) => Eventually.Equal(
        status, async () => (await host.Api.GetAsync("/health/ready")).Status, "the status of readiness");
}
