using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jamail.Queueing.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedRedisTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new(Path.Combine(Path.GetTempPath(), $"jamail-{Guid.NewGuid():N}"));
    private readonly List<EmbeddedRedis> _hosts = [];

    private RedisRecord Record => RedisRecord.TryRead(_directory.RedisRecord) ?? throw new InvalidOperationException("No record.");

    [Fact]
    public async Task The_server_answers_to_its_password_alone_and_is_gone_when_its_host_has_stopped()
    {
        var host = Host();
        var endpoint = await host.GetAsync(default);
        var record = Record;

        Assert.Equal($"127.0.0.1:{record.Port},password={Password}", endpoint);
        Assert.Equal(record.RunId, (await Admin(record.Port, Password).TryAskAsync(default))?.RunId);
        Assert.Null(await Admin(record.Port, "another").TryAskAsync(default));

        await host.StopAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(record.Pid));
        Assert.Null(await Admin(record.Port, Password).TryAskAsync(default));
    }

    [Fact]
    public async Task The_password_is_in_no_argument_and_in_files_of_the_owner_alone()
    {
        await Host().GetAsync(default);

        Assert.DoesNotContain(Password, await File.ReadAllTextAsync($"/proc/{Record.Pid}/cmdline"), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.RedisPassword));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.RedisSettings));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory.Root));
    }

    [Fact]
    public async Task The_server_is_in_a_session_of_its_own()
    {
        await Host().GetAsync(default);

        Assert.NotEqual(Session(Environment.ProcessId), Session(Record.Pid));
    }

    [Fact]
    public async Task A_server_whose_host_has_died_is_adopted_and_not_doubled()
    {
        await Host().GetAsync(default);
        var first = Record;

        await Host().GetAsync(default);

        Assert.Equal(first, Record);
    }

    [Fact]
    public async Task A_server_that_was_starting_when_its_host_died_is_adopted()
    {
        await Host().GetAsync(default);
        var first = Record;
        (first with { Pid = 0, RunId = "" }).Write(_directory.RedisRecord);

        await Host().GetAsync(default);

        Assert.Equal(first, Record);
    }

    [Fact]
    public async Task Hosts_that_start_at_once_share_one_server()
    {
        var endpoints = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Host().GetAsync(default).AsTask()));

        Assert.Single(endpoints.Distinct());
    }

    [Fact]
    public async Task Who_leaves_first_leaves_the_server_to_the_others()
    {
        var (first, second) = (Host(), Host());
        await first.GetAsync(default);
        await second.GetAsync(default);
        var record = Record;

        await first.StopAsync();
        Assert.NotNull(await Admin(record.Port, Password).TryAskAsync(default));

        await second.StopAsync();
        Assert.Null(await Admin(record.Port, Password).TryAskAsync(default));
    }

    [Fact]
    public async Task A_server_that_was_killed_comes_back_on_its_port()
    {
        var host = Host();
        var endpoint = await host.GetAsync(default);
        using (var server = Process.GetProcessById(Record.Pid))
        {
            server.Kill();
            await RedisLauncher.WaitUntilGoneAsync(server.Id, TimeProvider.System, default);
        }

        Assert.False(await host.IsAliveAsync(default));
        await host.ReviveAsync(default);

        Assert.True(await host.IsAliveAsync(default));
        Assert.Equal(endpoint, await host.GetAsync(default));
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_reported_with_the_end_of_its_log()
    {
        Assert.Null(_directory.TryPrepare());
        Directory.CreateDirectory(Path.Combine(_directory.RedisFolder, "appendonlydir"));
        await File.WriteAllTextAsync(
            Path.Combine(_directory.RedisFolder, "appendonlydir", "appendonly.aof.manifest"), "not a manifest\n");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Host().GetAsync(default).AsTask());

        Assert.Contains("manifest", fault.Message, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_directory.Root, recursive: true);
    }

    private string Password => File.ReadAllText(_directory.RedisPassword);

    private EmbeddedRedis Host()
    {
        var host = new EmbeddedRedis(_directory, TimeProvider.System, NullLogger<EmbeddedRedis>.Instance);
        _hosts.Add(host);
        return host;
    }

    private static RedisAdmin Admin(int port, string password) => new(port, password, TimeProvider.System);

    // Field 6 of /proc/<pid>/stat, counted behind the name, which is in parentheses.
    private static string Session(int pid) => File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].Split(' ')[3];
}
