using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Jamail.Queueing;

/// <summary>Starts a Redis server that outlives the terminal's Ctrl-C, and waits for it to come or go.</summary>
internal sealed class RedisLauncher(DataDirectory directory, TimeProvider clock)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Starts a server and writes down which one.</summary>
    /// <param name="lastPort">Taken again where it is free, so that others who know it find the server again.</param>
    /// <param name="password">The password it asks for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RedisRecord> StartAsync(int? lastPort, string password, CancellationToken cancellationToken)
    {
        var binary = RedisBinary.TryFind() ?? throw new InvalidOperationException(RedisBinary.HowToGet);
        var port = lastPort is { } last && IsFree(last) ? last : FreePort();
        RedisSettingsFile.Write(directory, port, password);
        File.Delete(directory.RedisLog);

        // Written before it runs: after a crash of ours in between, the next host still finds and adopts it.
        new RedisRecord(0, port, "").Write(directory.RedisRecord);
        await RunAsync(binary, cancellationToken).ConfigureAwait(false);
        var state = await WaitUntilReadyAsync(port, password, cancellationToken).ConfigureAwait(false);
        var record = new RedisRecord(state.Pid, port, state.RunId);
        record.Write(directory.RedisRecord);
        return record;
    }

    /// <summary>Waits until the server has read its file.</summary>
    public async Task<RedisServerState> WaitUntilReadyAsync(int port, string password, CancellationToken cancellationToken)
    {
        var admin = new RedisAdmin(port, password, clock);
        var start = clock.GetTimestamp();
        while (true)
        {
            var state = await admin.TryAskAsync(cancellationToken).ConfigureAwait(false);
            if (state is { IsLoading: false })
            {
                return state;
            }

            // One that is loading a large file is alive, however long it takes.
            if (state is null && clock.GetElapsedTime(start) > ReadyLimit)
            {
                throw new InvalidOperationException(
                    $"The embedded Redis server did not come up on port {port}. The end of its log '{directory.RedisLog}': {LogEnd()}");
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task WaitUntilGoneAsync(int pid, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (IsThere(pid))
        {
            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string binary, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(binary, [directory.RedisSettings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory.RedisFolder,
        }) ?? throw new InvalidOperationException($"'{binary}' could not be started.");

        // The server goes into a session of its own and the process that was started ends at once.
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            var said = (await output.ConfigureAwait(false) + await errors.ConfigureAwait(false)).Trim();
            throw new InvalidOperationException($"'{binary}' ended with code {process.ExitCode}: {said}");
        }
    }

    private string LogEnd()
    {
        try
        {
            return string.Join(" | ", File.ReadLines(directory.RedisLog).TakeLast(5));
        }
        catch (IOException)
        {
            return "(there is none)";
        }
    }

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

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
