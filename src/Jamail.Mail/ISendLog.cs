using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What became of every e-mail.</summary>
public interface ISendLog
{
    /// <summary>Reads one e-mail.</summary>
    /// <param name="id">The e-mail's id as text, with or without <c>em_</c>, or the id its producer gave it.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The entry; <see langword="null"/> when there is none.</returns>
    Task<SendLogEntry?> TryGetAsync(
        string id,
        string tenant = JamailHostOptions.DefaultTenant,
        CancellationToken cancellationToken = default);

    /// <summary>Lists e-mails, newest first, a page at a time.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    Task<Page<SendLogEntry>> ListAsync(SendLogQuery query, CancellationToken cancellationToken = default);
}
