using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Jamail.Queueing;

/// <summary>The few commands by which the embedded server is recognised and stopped, over a connection of their own.</summary>
internal sealed class RedisAdmin(int port, string password, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Asks who is there. Only our own server knows our password.</summary>
    /// <returns><see langword="null"/> when nobody is, or somebody else.</returns>
    /// <exception cref="TimeoutException">Somebody is there and does not answer.</exception>
    public async Task<RedisServerState?> TryAskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = await ConnectAsync(either.Token).ConfigureAwait(false);
            using var reader = await CommandAsync(client, "INFO", either.Token).ConfigureAwait(false);
            if (await reader.ReadLineAsync(either.Token).ConfigureAwait(false) != "+OK"
                || await reader.ReadLineAsync(either.Token).ConfigureAwait(false) is not ['$', .. var length]
                || !int.TryParse(length, CultureInfo.InvariantCulture, out var size))
            {
                return null;
            }

            var text = new char[size];
            await reader.ReadBlockAsync(text, either.Token).ConfigureAwait(false);
            return RedisServerState.Read(new string(text));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The Redis server on port {port} accepts connections and does not answer.");
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>Has the server write what it holds and end.</summary>
    /// <returns>Why it does not; <see langword="null"/> once its port is closed.</returns>
    public async Task<string?> ShutdownAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            using var reader = await CommandAsync(client, "SHUTDOWN", cancellationToken).ConfigureAwait(false);
            await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return null;
        }
    }

    private async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task<StreamReader> CommandAsync(TcpClient client, string command, CancellationToken cancellationToken)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\n{command}\r\n"), cancellationToken)
            .ConfigureAwait(false);
        return new StreamReader(stream, Encoding.ASCII);
    }
}
