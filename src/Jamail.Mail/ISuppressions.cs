using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The addresses that must not be written to. Asked when an e-mail is accepted and again before it is sent.</summary>
public interface ISuppressions
{
    /// <summary>Enters addresses; those that are there already take the new reason. All or none.</summary>
    /// <param name="entries">At most 10,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many.</returns>
    /// <exception cref="InvalidInputException">An address or a scope is none; nothing was entered.</exception>
    Task<int> AddAsync(IReadOnlyList<Suppression> entries, CancellationToken cancellationToken = default);

    /// <summary>Removes an address from the list.</summary>
    /// <param name="address">The address.</param>
    /// <param name="scope">A category or <see cref="Suppression.Everything"/>; <see langword="null"/>: all of its entries.</param>
    /// <param name="tenant">Whose list.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many entries were removed.</returns>
    Task<int> RemoveAsync(
        string address, string? scope = null, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Tells whether an address must not be written to.</summary>
    /// <param name="address">The address.</param>
    /// <param name="category">For e-mails of this kind.</param>
    /// <param name="tenant">Whose list.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The entry that forbids it; <see langword="null"/> when none does.</returns>
    /// <exception cref="InvalidInputException">It is no address.</exception>
    Task<Suppression?> CheckAsync(
        string address, string category, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Lists the entries, newest first, a page at a time.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="tenant">Whose list.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    Task<Page<Suppression>> ListAsync(
        string? cursor = null, int pageSize = 50, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a person: address, subject, content and metadata of every e-mail to the address, and the address in this list;
    /// the hash stays, so that the address is still not written to. E-mails that wait are cancelled.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="tenant">Whose e-mails.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many e-mails.</returns>
    /// <exception cref="InvalidInputException">It is no address.</exception>
    Task<int> EraseAsync(
        string address, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
