namespace Jamail.Mail;

/// <summary>Keeps mails as files instead of sending them; every mail goes the whole way up to there.</summary>
internal sealed class DevInboxTransport(DevInbox inbox) : IEmailTransport
{
    private readonly MagicRecipients _magic = new();

    public string Name => $"dev inbox {inbox.Folder}";

    public string Folder => inbox.Folder;

    public Task<TransportLease> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult(cancellationToken.IsCancellationRequested
            ? new TransportLease(null, Result(SendPhase.Lease, TransportFault.Stopped, "The attempt was cancelled."))
            : new TransportLease(new Connection(inbox, _magic), null));

    private static TransportResult Result(SendPhase phase, TransportFault fault, string text) =>
        new() { Phase = phase, Fault = fault, Text = text };

    private sealed class Connection(DevInbox inbox, MagicRecipients magic) : IEmailConnection
    {
        public async Task<TransportResult> SendAsync(
            ComposedEmail mail, Func<SendPhase, bool> mayEnter, CancellationToken cancellationToken)
        {
            if (!mayEnter(SendPhase.MailFrom) || !mayEnter(SendPhase.Data))
            {
                return Result(SendPhase.Auth, TransportFault.Stopped, "The sender may not go on.");
            }

            if (magic.Before(mail) is { } refused)
            {
                return refused;
            }

            try
            {
                var id = await inbox.KeepAsync(mail, () => mayEnter(SendPhase.Dot), cancellationToken).ConfigureAwait(false);
                return id is null
                    ? Result(SendPhase.Content, TransportFault.Stopped, "The sender may not go on.")
                    : MagicRecipients.After(mail) ?? Result(SendPhase.Reply, TransportFault.None, $"kept as {id}.eml") with { ReplyCode = 250, ConnectionUse = 1 };
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return Result(SendPhase.Content, TransportFault.Stopped, "The attempt was cancelled.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Result(SendPhase.Content, TransportFault.Storage, $"The dev inbox cannot be written: {exception.Message}");
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
