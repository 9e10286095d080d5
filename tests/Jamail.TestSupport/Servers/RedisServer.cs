using System.Net;
using StackExchange.Redis;

namespace Jamail.TestSupport;

/// <summary>A real redis-server on a free loopback port with an empty temporary folder.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly Lazy<RedisServer> SharedServer = new(() => Task.Run(StartSharedAsync).GetAwaiter().GetResult());

    private readonly RedisServerOptions options;
    private readonly TemporaryFolder? folder;
    private readonly ConfigurationOptions? existing;
    private readonly Lazy<ConnectionMultiplexer> connection;
    private ServerProcess? process;

    private RedisServer(RedisServerOptions options, ConfigurationOptions? existing)
    {
        this.options = options;
        this.existing = existing;
        // A scan is read by blocking calls: on a machine that does other work a second may be over before the test gets its turn.
        connection = new(() => Task.Run(() => ConnectAsync(syncTimeoutMs: 60_000)).GetAwaiter().GetResult());
        if (existing is null)
        {
            folder = new TemporaryFolder("redis");
            Tls = options.Tls ? TlsFiles.Create(folder.Path) : null;
        }
        else
        {
            var endPoint = existing.EndPoints[0];
            (Host, Port) = endPoint is DnsEndPoint dns ? (dns.Host, dns.Port)
                : (((IPEndPoint)endPoint).Address.ToString(), ((IPEndPoint)endPoint).Port);
        }
    }

    /// <summary>One server for the whole test assembly, or the one named by JAMAIL_TEST_REDIS. Use queue names of your own; never flush it.</summary>
    public static RedisServer Shared => SharedServer.Value;

    public string Host { get; } = "127.0.0.1";

    public int Port { get; private set; }

    public TlsFiles? Tls { get; }

    public string? Password => options.Password ?? existing?.Password;

    /// <summary>As StackExchange.Redis reads it.</summary>
    public string ConnectionString =>
        existing?.ToString(includePassword: true)
        ?? $"{Host}:{Port},abortConnect=false,allowAdmin=true"
            + (options.Password is { } password ? $",password={password}" : "")
            + (options.Tls ? ",ssl=true,sslHost=localhost" : "");

    /// <summary>As Node's clients read it: redis:// or rediss://.</summary>
    public string Url => $"{(options.Tls || existing?.Ssl == true ? "rediss" : "redis")}://"
        + (Password is { Length: > 0 } password ? $":{Uri.EscapeDataString(password)}@" : "")
        + $"{Host}:{Port}";

    /// <summary>A connection for the test itself, opened on first use.</summary>
    public ConnectionMultiplexer Connection => connection.Value;

    public IDatabase Database => Connection.GetDatabase();

    public IServer Server => Connection.GetServer(Connection.GetEndPoints()[0]);

    public static async Task<RedisServer> StartNewAsync(RedisServerOptions? options = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new RedisServer(options ?? new(), existing: null) { Port = Ports.Free() };
            if (await server.TryStartAsync())
            {
                return server;
            }

            var output = server.process!.Output;
            await server.DisposeAsync();
            if (attempt == 5)
            {
                throw new InvalidOperationException($"redis-server did not start:\n{output}");
            }
        }
    }

    /// <summary>A new connection of the caller's own, for which the server's authority is trusted.</summary>
    /// <param name="syncTimeoutMs">How long a blocking call may take, and disposing the connection does.</param>
    public async Task<ConnectionMultiplexer> ConnectAsync(int syncTimeoutMs = 1_000)
    {
        var configuration = ConfigurationOptions.Parse(ConnectionString);
        configuration.ConnectTimeout = 3_000;
        configuration.SyncTimeout = syncTimeoutMs;
        Trust(configuration);
        return await ConnectionMultiplexer.ConnectAsync(configuration);
    }

    /// <summary>Asks by redis-cli, which needs no handshake: also a server that loads, or a node that has no cluster.</summary>
    public Task<string> AskAsync(params string[] command) =>
        Tools.RunAsync(Tools.Find("redis-cli", "package redis-tools"), ["-h", Host, "-p", $"{Port}", .. command]);

    /// <summary>Whether it has answered with an error, such as <c>LOADING</c>.</summary>
    public async Task<bool> HasAnsweredAsync(string error) =>
        (await AskAsync("info", "errorstats")).Contains($"errorstat_{error}:", StringComparison.Ordinal);

    /// <summary>Starts again on the same port and with the same folder after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartAsync()
    {
        // The port may be in the hands of a short-lived outgoing connection for a moment.
        for (var attempt = 1; !await TryStartAsync(); attempt++)
        {
            if (attempt == 20)
            {
                throw new InvalidOperationException($"redis-server did not start again on port {Port}:\n{process!.Output}");
            }

            await Task.Delay(100);
        }

        if (connection.IsValueCreated)
        {
            await Eventually.True(IsConnectedAsync, "the connection of the test itself to be back");
        }
    }

    /// <summary>Ends the server in an orderly way; without <see cref="RedisServerOptions.AppendOnly"/> its data is gone.</summary>
    public Task StopAsync() => Own().EndAsync(Signals.Terminate);

    public Task KillAsync() => Own().KillAsync();

    /// <summary>The server keeps its connections and answers nothing until <see cref="Resume"/>.</summary>
    public void Pause() => Own().Pause();

    public void Resume() => Own().Resume();

    public Task FlushAllAsync() => Own() is not null ? Database.ExecuteAsync("FLUSHALL") : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (connection.IsValueCreated)
        {
            // Without waiting for replies: that always takes as long as a blocking call may.
            connection.Value.Close(allowCommandsToComplete: false);
            connection.Value.Dispose();
        }

        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder?.Dispose();
    }

    private static async Task<RedisServer> StartSharedAsync()
    {
        if (Environment.GetEnvironmentVariable("JAMAIL_TEST_REDIS") is not { Length: > 0 } configured)
        {
            return await StartNewAsync();
        }

        var existing = ConfigurationOptions.Parse(configured);
        existing.AllowAdmin = true;
        return new RedisServer(new RedisServerOptions(), existing);
    }

    private void Trust(ConfigurationOptions configuration)
    {
        if (Tls is not null)
        {
            configuration.CertificateValidation += (_, certificate, _, _) => Tls.Trusts(certificate);
        }
    }

    private ServerProcess Own() => process ?? throw new InvalidOperationException(
        "JAMAIL_TEST_REDIS names this server, so a test must not stop, pause or flush it; use RedisServer.StartNewAsync.");

    private async Task<bool> TryStartAsync()
    {
        var file = folder!.File("redis.conf");
        await File.WriteAllLinesAsync(file, ConfigurationLines());
        var program = Tools.Find("redis-server", "package redis-server");
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        process = new ServerProcess(program, [file], folder.Path);
        return await process.WaitUntilReadyAsync(PingAsync, TimeSpan.FromSeconds(20));
    }

    private async Task<bool> IsConnectedAsync()
    {
        // A call that is under way when its connection breaks may stay without an answer.
        await Database.PingAsync().WaitAsync(TimeSpan.FromSeconds(2));
        return true;
    }

    private async Task PingAsync()
    {
        var configuration = ConfigurationOptions.Parse(ConnectionString);
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = 5_000;
        Trust(configuration);
        using var probe = await ConnectionMultiplexer.ConnectAsync(configuration);
        await probe.GetDatabase().PingAsync();
        probe.Close(allowCommandsToComplete: false);
    }

    private IEnumerable<string> ConfigurationLines() =>
    [
        $"bind {Host}",
        options.Tls ? "port 0" : $"port {Port}",
        $"dir {folder!.Path}",
        "save \"\"",
        $"appendonly {(options.AppendOnly ? "yes" : "no")}",
        "appendfsync always",
        $"maxmemory-policy {options.MaxMemoryPolicy}",
        .. options.MaxMemory is { } limit ? [$"maxmemory {limit}"] : Array.Empty<string>(),
        .. options.Password is { } password ? [$"requirepass {password}"] : Array.Empty<string>(),
        .. Tls is null ? Array.Empty<string>() :
        [
            $"tls-port {Port}", $"tls-cert-file {Tls.Certificate}", $"tls-key-file {Tls.Key}",
            $"tls-ca-cert-file {Tls.Authority}", "tls-auth-clients no",
        ],
        .. options.FurtherLines,
    ];
}
