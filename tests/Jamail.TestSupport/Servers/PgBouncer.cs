using Npgsql;

namespace Jamail.TestSupport;

/// <summary>A real PgBouncer in transaction mode before one database: a client's transactions may each go to another server connection.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new("pgbouncer");
    private ServerProcess? process;

    private PgBouncer(NpgsqlConnectionStringBuilder server)
    {
        var port = Ports.Free();
        File.WriteAllText(folder.File("pgbouncer.ini"), $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username}{(server.Password is { } password ? $" password={password}" : "")}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits
            """);
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = port,
        }.ConnectionString;
    }

    /// <summary>Of the same database, through the pooler.</summary>
    public string ConnectionString { get; }

    /// <param name="connectionString">The database, directly.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString)
    {
        var pooler = new PgBouncer(new NpgsqlConnectionStringBuilder(connectionString));
        if (Environment.IsPrivilegedProcess)
        {
            await Tools.RunAsync(Tools.Find("chown", "package coreutils"), ["-R", "postgres", pooler.folder.Path]);
        }

        var process = pooler.process = pooler.Start();
        return await process.WaitUntilReadyAsync(pooler.PingAsync, TimeSpan.FromSeconds(30))
            ? pooler
            : throw new InvalidOperationException($"pgbouncer did not start:\n{process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.EndAsync(Signals.Quit);
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    // Once the folder is the server user's: it reads its settings there.
    private ServerProcess Start()
    {
        var program = Tools.Find("pgbouncer", "package pgbouncer", ["/usr/sbin"]);
        string[] arguments = [folder.File("pgbouncer.ini")];
        return Environment.IsPrivilegedProcess
            ? new ServerProcess(
                Tools.Find("setpriv", "package util-linux"),
                ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments],
                folder.Path)
            : new ServerProcess(program, arguments, folder.Path);
    }

    private async Task PingAsync()
    {
        var probe = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(probe.ConnectionString);
        await connection.OpenAsync();
    }
}
