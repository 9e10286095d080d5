using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// Keeps in the row which recipients a transaction leaves out, from before it can be accepted: whoever settles a doubt about it later, even
/// after a kill, knows for whom.
/// </summary>
/// <param name="claims">Stores it.</param>
/// <param name="row">The mail.</param>
/// <param name="token">Of the claim.</param>
/// <param name="part">The message for the recipients of this transaction.</param>
/// <param name="connection">Knows whom the server leaves out.</param>
internal sealed class PartNote(MailClaims claims, MailRow row, string token, MailPart part, IEmailConnection connection)
{
    private string? _stored = row.PartLeft;

    /// <summary>Those that the mail has yet to go to once this transaction is accepted; null for none.</summary>
    public IReadOnlyList<string>? Left => connection.Left.Concat(part.Held).ToList() is { Count: > 0 } left ? left : null;

    /// <summary>Whether the transaction may go on. A mail that goes to all at once costs nothing.</summary>
    public bool MayEnter(SendPhase phase, CancellationToken cancellationToken)
    {
        var left = phase is SendPhase.Data or SendPhase.Dot && Left is { } some ? StoredJson.Of(some) : null;
        if (phase == SendPhase.MailFrom || left == _stored)
        {
            return true;
        }

        try
        {
            // It holds a thread: transports ask between two steps of a dialogue, MailKit's in callbacks that nobody awaits (the answer to a
            // recipient, the progress of the content). Only a mail that goes in parts is written, once in each, and for no longer than the claim lasts:
            // a note that is stored after that says nothing wrong, since nothing is sent.
            var stands = Task.Run(() => claims.NotePartAsync(row.Id, token, left, cancellationToken), cancellationToken)
                .WaitAsync(cancellationToken).GetAwaiter().GetResult();
            _stored = left;
            return stands;
        }
        catch (Exception fault) when (fault is StoreUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
