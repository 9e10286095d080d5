using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// Who changed templates, layouts, categories, mail servers or the suppression list, who erased a person, resolved doubts or sent on in spite
/// of a suppression. An entry is written in the transaction of the change, and is never removed; an erased person's address is.
/// </summary>
public interface IMailAudit
{
    /// <summary>Names who acts in the code that follows, and in what it calls. Without it the actor is <c>host</c>.</summary>
    /// <param name="actor">A name of 1 to 200 characters, such as a user's or a key's. No secret.</param>
    /// <returns>Ends it.</returns>
    IDisposable ActAs(string actor);

    /// <summary>Lists the entries, newest first, a page at a time.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 200.</param>
    /// <param name="tenant">Whose entries.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">The cursor is none of ours, or the page size is out of its range.</exception>
    Task<Page<MailAuditEntry>> ListAsync(
        string? cursor = null, int pageSize = 50, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
