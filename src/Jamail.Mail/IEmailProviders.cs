using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The mail servers beside the configured one, which is listed as <c>default</c>. Other hosts follow a change within 5 seconds.</summary>
public interface IEmailProviders
{
    /// <summary>Reads all mail servers, the configured one first, the others by name.</summary>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The mail servers.</returns>
    Task<IReadOnlyList<EmailProvider>> ListAsync(
        string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Reads a mail server.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The mail server; <see langword="null"/> when there is none of this name.</returns>
    Task<EmailProvider?> TryGetAsync(
        string name, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Creates a mail server or changes it. E-mails under way go on over the old connections.</summary>
    /// <param name="draft">The whole of it; a password that is left out stays as it is.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The mail server.</returns>
    /// <exception cref="InvalidInputException">Rules are broken: all are named.</exception>
    Task<EmailProvider> SaveAsync(
        EmailProviderDraft draft, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Removes a mail server. E-mails whose category names it go to the others of its route.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is none of this name.</returns>
    Task<bool> DeleteAsync(
        string name, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Hands no more e-mails to a mail server until it is resumed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is none of this name, or it is the configured one.</returns>
    Task<bool> PauseAsync(
        string name, string? reason = null, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Uses a mail server again, and this host tries it at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is none of this name.</returns>
    Task<bool> ResumeAsync(
        string name, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);

    /// <summary>Connects, encrypts, signs in and asks whether the server answers; sends nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <returns>How far it got; <see langword="null"/> when there is none of this name.</returns>
    Task<ProviderVerification?> VerifyAsync(
        string name, string tenant = JamailHostOptions.DefaultTenant, CancellationToken cancellationToken = default);
}
