using System.Globalization;
using Npgsql;

namespace Jamail.TestSupport;

/// <summary>A real PostgreSQL with a data folder and a loopback port of its own, tuned for throw-away data.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<PostgresServer> SharedServer = new(() => Task.Run(StartSharedAsync).GetAwaiter().GetResult());
    private static int databases;

    private readonly TemporaryFolder? folder;
    private readonly string? existing;
    private readonly string[] further;
    private ServerProcess? process;

    private PostgresServer(string? existing, params string[] further)
    {
        this.existing = existing;
        this.further = further;
        folder = existing is null ? new TemporaryFolder("postgres") : null;
    }

    /// <summary>One server for the whole test assembly, or the one named by JAMAIL_TEST_POSTGRES (a user who may create databases).</summary>
    public static PostgresServer Shared => SharedServer.Value;

    public int Port { get; private set; }

    /// <summary>Of the maintenance database; tests take one of their own from <see cref="CreateDatabaseAsync"/>.</summary>
    public string ConnectionString => existing ?? $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Timeout=15";

    /// <param name="settings">As <c>fsync=on</c>; they win over ours.</param>
    public static async Task<PostgresServer> StartNewAsync(params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new PostgresServer(existing: null, settings) { Port = Ports.Free() };
            await server.InitialiseAsync();
            if (await server.TryStartAsync())
            {
                return server;
            }

            var output = server.process!.Output;
            await server.DisposeAsync();
            if (attempt == 5)
            {
                throw new InvalidOperationException($"postgres did not start:\n{output}");
            }
        }
    }

    /// <summary>A new, empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"jamail_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}_{Guid.NewGuid().ToString("N")[..8]}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made of digits and fixed letters; a parameter cannot stand for a name.
        command.CommandText = $"create database {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, MaxPoolSize = 40 }.ConnectionString;
    }

    /// <summary>Ends the server at once, breaking every connection (its "fast" shutdown).</summary>
    public Task StopAsync() => Own().EndAsync(Signals.Interrupt);

    /// <summary>Ends the server without a checkpoint; it recovers at the next start.</summary>
    public Task KillAsync() => Own().EndAsync(Signals.Quit);

    public void Pause() => Own().Pause();

    public void Resume() => Own().Resume();

    /// <summary>Starts again on the same port with the same data.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; !await TryStartAsync(); attempt++)
        {
            if (attempt == 20)
            {
                throw new InvalidOperationException($"postgres did not start again on port {Port}:\n{process!.Output}");
            }

            await Task.Delay(250);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.EndAsync(Signals.Quit);
            await process.DisposeAsync();
        }

        folder?.Dispose();
    }

    private static async Task<PostgresServer> StartSharedAsync() =>
        Environment.GetEnvironmentVariable("JAMAIL_TEST_POSTGRES") is { Length: > 0 } configured
            ? new PostgresServer(configured)
            : await StartNewAsync();

    private static string Binary(string name)
    {
        const string Packaged = "/usr/lib/postgresql";
        var folders = Directory.Exists(Packaged)
            ? Directory.GetDirectories(Packaged)
                .OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
                .Select(path => Path.Combine(path, "bin"))
            : [];
        return Tools.Find(name, "package postgresql", folders);
    }

    private ServerProcess Own() => process ?? throw new InvalidOperationException(
        "JAMAIL_TEST_POSTGRES names this server, so a test must not stop it; use PostgresServer.StartNewAsync.");

    private async Task InitialiseAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await Tools.RunAsync(Tools.Find("chown", "package coreutils"), ["postgres", folder!.Path]);
        }

        var (program, arguments) = AsServerUser(Binary("initdb"),
            ["-D", folder!.File("data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
        await Tools.RunAsync(program, arguments, folder.Path);
    }

    private async Task<bool> TryStartAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", "unix_socket_directories=", "max_connections=400", "shared_buffers=64MB",
            "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "timezone=UTC",
            .. further,
        ];
        var (program, arguments) = AsServerUser(Binary("postgres"),
            ["-D", folder!.File("data"), .. settings.SelectMany(setting => new[] { "-c", setting })]);
        process = new ServerProcess(program, arguments, folder.Path);
        return await process.WaitUntilReadyAsync(PingAsync, TimeSpan.FromSeconds(60));
    }

    private async Task PingAsync()
    {
        var probe = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(probe.ConnectionString);
        await connection.OpenAsync();
    }

    // PostgreSQL refuses to run as root. setpriv becomes the program, so that the child's id stays the server's.
    private static (string Program, IEnumerable<string> Arguments) AsServerUser(string program, string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? (Tools.Find("setpriv", "package util-linux"),
                ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : (program, arguments);
}
