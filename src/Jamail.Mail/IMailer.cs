using System.Data.Common;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Accepts e-mails. Safe for concurrent use.</summary>
public interface IMailer
{
    /// <summary>
    /// Renders an e-mail and stores it. When the task completes without a transaction of the caller, the e-mail is
    /// committed and will go out, whatever becomes of this process or of Redis.
    /// </summary>
    /// <param name="mail">The e-mail.</param>
    /// <param name="transaction">
    /// A transaction on the database that holds Jamail's tables: the e-mail goes out when it commits, and never when it
    /// is rolled back. <see langword="null"/>: one of its own.
    /// </param>
    /// <param name="cancellationToken">Stops waiting. The e-mail may have been accepted.</param>
    /// <returns>The e-mail's id.</returns>
    /// <exception cref="InvalidInputException">It breaks rules, or variables are missing: all of them are named.</exception>
    /// <exception cref="MailException">There is no such template.</exception>
    /// <exception cref="IdempotencyException">Another call used the same idempotency key.</exception>
    /// <exception cref="StoreUnavailableException">The database does not answer; nothing was accepted.</exception>
    /// <exception cref="ArgumentException">The transaction belongs to another provider or has ended.</exception>
    Task<EmailId> SendAsync(
        EmailMessage mail,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);
}
