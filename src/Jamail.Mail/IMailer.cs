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

    /// <summary>As <see cref="SendAsync"/>, and tells what became of it.</summary>
    /// <param name="mail">The e-mail.</param>
    /// <param name="transaction">As for <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The e-mail may have been accepted.</param>
    /// <returns>The e-mail.</returns>
    Task<AcceptedEmail> AcceptAsync(
        EmailMessage mail,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);

    /// <summary>Stores many e-mails in one transaction.</summary>
    /// <param name="batch">The e-mails.</param>
    /// <param name="transaction">As for <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting. The batch may have been accepted.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="InvalidInputException">Nothing was stored; the fields are named as in <c>emails[3].to</c>.</exception>
    /// <exception cref="IdempotencyException">Another call used the same idempotency key.</exception>
    Task<EmailBatchResult> SendManyAsync(
        EmailBatch batch,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);

    /// <summary>Takes an e-mail back that nobody is sending yet.</summary>
    /// <param name="id">The e-mail.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is cancelled.</returns>
    /// <exception cref="MailException">There is no such e-mail, or it is being sent or has come to its end.</exception>
    Task CancelAsync(
        EmailId id, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Takes back those e-mails of a batch that nobody is sending yet.</summary>
    /// <param name="batchId">The batch, as <see cref="SendManyAsync"/> returned it.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting. The batch may have been cancelled.</param>
    /// <returns>How many were cancelled, and how many were not.</returns>
    /// <exception cref="MailException">There is no such batch.</exception>
    Task<EmailBatchCancellation> CancelBatchAsync(
        string batchId, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Moves an e-mail that nobody is sending yet to another time.</summary>
    /// <param name="id">The e-mail.</param>
    /// <param name="at">When to send it; a time in the past means at once.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is moved.</returns>
    /// <exception cref="InvalidInputException">It would have expired by then, or the time is too far ahead.</exception>
    /// <exception cref="MailException">There is no such e-mail, or it is being sent or has come to its end.</exception>
    Task RescheduleAsync(
        EmailId id,
        DateTimeOffset at,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Sends an e-mail that has come to its end once more, as a new e-mail with a Message-ID of its own.</summary>
    /// <param name="id">The e-mail.</param>
    /// <param name="resend">How.</param>
    /// <param name="cancellationToken">Stops waiting. The e-mail may have been accepted.</param>
    /// <returns>The new e-mail.</returns>
    /// <exception cref="InvalidInputException">The recipient is no address.</exception>
    /// <exception cref="MailException">There is no such e-mail, it is still on its way, or its content has been removed.</exception>
    Task<AcceptedEmail> ResendAsync(EmailId id, EmailResend resend, CancellationToken cancellationToken = default);
}
