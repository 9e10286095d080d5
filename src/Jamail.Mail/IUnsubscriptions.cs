namespace Jamail.Mail;

/// <summary>Carries out what recipients ask for with the link of an e-mail (RFC 8058).</summary>
public interface IUnsubscriptions
{
    /// <summary>Tells what a token stands for, without doing anything.</summary>
    /// <param name="token">From the link.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The category; <see langword="null"/> when the token is none of ours.</returns>
    Task<string?> TryReadAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Unsubscribes whoever the token is for. A second time changes nothing.</summary>
    /// <param name="token">From the link.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The category; <see langword="null"/> when the token is none of ours, and nothing was done.</returns>
    Task<string?> UnsubscribeAsync(string token, CancellationToken cancellationToken = default);
}
