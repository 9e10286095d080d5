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

    /// <summary>Lists the tries to send an e-mail, oldest first.</summary>
    /// <param name="id">As for <see cref="TryGetAsync"/>.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The tries; <see langword="null"/> when there is no such e-mail.</returns>
    Task<IReadOnlyList<SendAttempt>?> TryListAttemptsAsync(
        string id, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Lists what happened to an e-mail, oldest first.</summary>
    /// <param name="id">As for <see cref="TryGetAsync"/>.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The events; <see langword="null"/> when there is no such e-mail.</returns>
    Task<IReadOnlyList<SendEvent>?> TryListEventsAsync(
        string id, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Reads the content of an e-mail.</summary>
    /// <param name="id">As for <see cref="TryGetAsync"/>.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The content; <see langword="null"/> when there is no such e-mail.</returns>
    /// <exception cref="MailException">The content has been removed.</exception>
    Task<StoredContent?> TryGetContentAsync(
        string id, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Reads an e-mail as the bytes of its message, as every attempt sends it.</summary>
    /// <param name="id">As for <see cref="TryGetAsync"/>.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The message (RFC 5322); <see langword="null"/> when there is no such e-mail.</returns>
    /// <exception cref="MailException">The content has been removed.</exception>
    Task<ReadOnlyMemory<byte>?> TryGetRawAsync(
        string id, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Counts e-mails by the hour they were accepted in, category, mail server and state.</summary>
    /// <param name="since">The begin of the time they were accepted in.</param>
    /// <param name="until">Its end, not included; at most 31 days after its begin.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="InvalidInputException">The end is not after the begin, or too far from it.</exception>
    Task<MailStats> CountAsync(
        DateTimeOffset since, DateTimeOffset until, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
