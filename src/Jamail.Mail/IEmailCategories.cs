using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// The kinds of e-mail and their policies. <c>default</c>, <c>otp</c>, <c>transactional</c> and <c>bulk</c> are always there;
/// saving one under such a name replaces it. E-mails of a category that nobody saved are treated as <c>default</c>.
/// </summary>
public interface IEmailCategories
{
    /// <summary>Reads a category.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The category; <see langword="null"/> when there is none of this name.</returns>
    Task<EmailCategory?> TryGetAsync(
        string key, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Reads all categories by name, those in the box too.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The categories.</returns>
    Task<IReadOnlyList<EmailCategory>> ListAsync(
        string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Creates a category or replaces it. E-mails that wait follow it from their next step on; their priority and age stay. Other hosts follow within 5 seconds.</summary>
    /// <param name="category">The whole category.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is stored.</returns>
    /// <exception cref="InvalidInputException">Rules are broken: all are named.</exception>
    Task SaveAsync(
        EmailCategory category, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Removes a category; one of a name in the box is as it was at first.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when nobody saved one of this name.</returns>
    Task<bool> DeleteAsync(
        string key, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
