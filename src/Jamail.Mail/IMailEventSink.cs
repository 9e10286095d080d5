using System.Data.Common;

namespace Jamail.Mail;

/// <summary>Is told what happens to e-mails and templates, in the transaction that makes it a fact.</summary>
public interface IMailEventSink
{
    /// <summary>Records an event. It becomes a fact when <paramref name="transaction"/> commits.</summary>
    /// <param name="mailEvent">What happened.</param>
    /// <param name="transaction">The transaction that stores it; everything goes over its connection, and nobody else ends it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is written.</returns>
    Task WriteAsync(MailEvent mailEvent, DbTransaction transaction, CancellationToken cancellationToken);
}
