using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Jamail.TestSupport;
using ReferenceHost.Tests.Routes;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("host");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_everything_and_the_data_is_there_at_the_next_start()
    {
        string template, logId;
        int redis;
        await using (var host = await RunningHost.StartAsync(HostSettings.Embedded(_folder)))
        {
            template = await host.Api.CreateAsync();
            logId = await host.Api.SendAsync(template, "anna@example.com");
            await SendTests.SentAsync(host.Api, logId);
            Assert.NotEmpty(Directory.GetFiles(_folder.Path, "*.eml", SearchOption.AllDirectories));
            redis = RedisProcess();

            Assert.Equal(0, await host.InterruptAsync());
        }

        Assert.False(IsThere(redis));

        await using var next = await RunningHost.StartAsync(HostSettings.Embedded(_folder));
        (await next.Api.GetAsync($"/api/templates/{template}")).Expect(200);
        Assert.Equal("sent", (await next.Api.GetAsync($"/api/send-logs/{logId}")).Expect(200)["status"].GetString());
        Assert.Equal(0, await next.InterruptAsync());
    }

    [Fact]
    public async Task A_host_that_was_killed_leaves_a_server_that_the_next_one_adopts()
    {
        int redis;
        await using (var host = await RunningHost.StartAsync(HostSettings.Embedded(_folder)))
        {
            redis = RedisProcess();
            await host.KillAsync();
        }

        Assert.True(IsThere(redis));
        await using var next = await RunningHost.StartAsync(HostSettings.Embedded(_folder));
        Assert.Equal(redis, RedisProcess());
        Assert.Equal(0, await next.InterruptAsync());
        Assert.False(IsThere(redis));
    }

    [Fact]
    public async Task Two_hosts_of_one_folder_share_the_server_and_the_last_one_stops_it()
    {
        await using var first = await RunningHost.StartAsync(HostSettings.Embedded(_folder));
        await using var second = await RunningHost.StartAsync(HostSettings.Embedded(_folder));
        var redis = RedisProcess();

        Assert.Equal(0, await first.InterruptAsync());
        var logId = await second.Api.SendAsync(await second.Api.CreateAsync(), "anna@example.com");
        await SendTests.SentAsync(second.Api, logId);

        Assert.Equal(0, await second.InterruptAsync());
        Assert.False(IsThere(redis));
    }

    [Fact]
    public async Task Files_of_the_host_are_for_its_owner_alone()
    {
        await using var host = await RunningHost.StartAsync(HostSettings.Embedded(_folder));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("key.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("redis.password")));
        Assert.Equal(0, await host.InterruptAsync());
    }

    private int RedisProcess() =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_folder.File("redis.json"))).GetProperty("pid").GetInt32();

    private static bool IsThere(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
