namespace Jamail.Mail;

/// <summary>The mails that the sandbox kept instead of sending them.</summary>
public interface IDevInbox
{
    /// <summary>Whether this host keeps e-mails here: whether it is in <see cref="MailMode.Sandbox"/>.</summary>
    bool IsOn { get; }

    /// <summary>Lists mails, newest first.</summary>
    /// <param name="limit">At most this many, 1 to 1,000.</param>
    /// <param name="before">The id of the last mail seen; <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The mails; empty when there are no more.</returns>
    Task<IReadOnlyList<DevInboxMessage>> ListAsync(int limit = 50, string? before = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a mail as it would have gone over the wire.</summary>
    /// <param name="id">Its <see cref="DevInboxMessage.Id"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The bytes of an <c>.eml</c> file; <see langword="null"/> when there is no such mail.</returns>
    Task<byte[]?> TryReadAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Removes all mails.</summary>
    /// <param name="cancellationToken">Stops removing.</param>
    /// <returns>How many there were.</returns>
    Task<int> ClearAsync(CancellationToken cancellationToken = default);
}
