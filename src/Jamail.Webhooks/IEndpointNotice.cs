using System.Data.Common;

namespace Jamail.Webhooks;

/// <summary>
/// Hears what the owner of an endpoint should know, within the transaction that makes it so. A notice that cannot be written is
/// logged; it does not undo what it tells about.
/// </summary>
public interface IEndpointNotice
{
    /// <summary>Writes a notice to whoever is to read it.</summary>
    /// <param name="notice">What happened.</param>
    /// <param name="transaction">The transaction in which it happens.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is written, to be committed with the transaction.</returns>
    Task WriteAsync(EndpointNotice notice, DbTransaction transaction, CancellationToken cancellationToken);
}
