using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Ends doubts by hand: e-mails of which it cannot be known whether the mail server accepted them.</summary>
public interface IUncertainEmails
{
    /// <summary>Says what became of one, or has it sent again.</summary>
    /// <param name="id">The e-mail.</param>
    /// <param name="resolution">What became of it, or is to.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The e-mail as it is now; <see langword="null"/> when there is none.</returns>
    /// <exception cref="MailException">It is not in doubt: <see cref="MailError.NotUncertain"/>.</exception>
    Task<SendLogEntry?> ResolveAsync(
        EmailId id,
        UncertainResolution resolution,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Does the same for many.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="resolution">What became of them, or is to.</param>
    /// <param name="dryRun">Only count them.</param>
    /// <param name="cancellationToken">Stops; those done stay done.</param>
    /// <returns>How many.</returns>
    Task<int> ResolveAllAsync(
        UncertainQuery query,
        UncertainResolution resolution,
        bool dryRun = false,
        CancellationToken cancellationToken = default);
}
