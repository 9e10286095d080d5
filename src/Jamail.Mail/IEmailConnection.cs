namespace Jamail.Mail;

/// <summary>A connection in the hands of one sender. Disposing gives it back, or closes it where it is not to be trusted.</summary>
public interface IEmailConnection : IAsyncDisposable
{
    /// <summary>What the server offers, in its own words, as in <c>SIZE 10485760</c>; empty where that is not known.</summary>
    IReadOnlyList<string> Capabilities => [];

    /// <summary>
    /// Recipients that the message under way leaves out, since the server takes them by another message only. Known before the last of
    /// <see cref="SendPhase.Data"/> and <see cref="SendPhase.Dot"/> is asked for, and before the message can be accepted; empty for none.
    /// </summary>
    IReadOnlyList<string> Left => [];

    /// <summary>Asks the server whether it answers (NOOP), and sends nothing.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns><see langword="null"/> when it does, or cannot be asked; else why not.</returns>
    Task<TransportResult?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<TransportResult?>(null);

    /// <summary>Sends one message.</summary>
    /// <param name="mail">The message.</param>
    /// <param name="mayEnter">
    /// Asked before <see cref="SendPhase.MailFrom"/>, <see cref="SendPhase.Data"/> and <see cref="SendPhase.Dot"/>; on
    /// <see langword="false"/> the connection is closed without entering the phase, and the result is
    /// <see cref="TransportFault.Stopped"/> in the phase before.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the attempt: the connection is closed, and the result says in which phase. Once the dot is sent only the
    /// limit of the final reply ends it.
    /// </param>
    /// <returns>How far it got and how it ended.</returns>
    Task<TransportResult> SendAsync(
        ComposedEmail mail,
        Func<SendPhase, bool> mayEnter,
        CancellationToken cancellationToken);
}
