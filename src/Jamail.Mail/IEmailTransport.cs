namespace Jamail.Mail;

/// <summary>Hands messages to the next hop and says how far it got. Safe for concurrent use.</summary>
public interface IEmailTransport
{
    /// <summary>What it is, for logs and health: <c>smtp mail.example.com:587</c>; without secrets.</summary>
    string Name { get; }

    /// <summary>Gets a connection ready. A message is claimed only after this, so trouble here leaves no doubt about any message.</summary>
    /// <param name="cancellationToken">Stops connecting; the result is <see cref="TransportFault.Stopped"/>.</param>
    /// <returns>A ready connection, or why there is none.</returns>
    Task<TransportLease> OpenAsync(CancellationToken cancellationToken);
}
