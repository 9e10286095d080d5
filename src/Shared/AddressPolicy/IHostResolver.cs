using System.Net;

namespace Jamail.Shared;

/// <summary>Looks names up.</summary>
internal interface IHostResolver
{
    /// <returns>All addresses of the name, at least one.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The name does not resolve.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
