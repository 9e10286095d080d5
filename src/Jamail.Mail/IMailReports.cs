using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Takes what is reported about e-mails that were sent.</summary>
public interface IMailReports
{
    /// <summary>Takes a report.</summary>
    /// <param name="report">The report; who calls has made sure that it is genuine.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The e-mail it is about; <see langword="null"/> when none is known, or it was taken before.</returns>
    /// <exception cref="InvalidInputException">A rule is broken.</exception>
    Task<EmailId?> TakeAsync(MailReport report, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a raw message of a mail server: a delivery status notification (RFC 3464) or a complaint (RFC 5965). The e-mail is
    /// found by the address it came back to, which proves itself, else by the envelope id, else by the Message-ID.
    /// </summary>
    /// <param name="message">The message (RFC 5322).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The e-mails it is about; empty when none is known.</returns>
    /// <exception cref="InvalidInputException">It is no such message.</exception>
    Task<IReadOnlyList<EmailId>> TakeRawAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}
