namespace Jamail.Mail;

/// <summary>A conversation lent to one sender.</summary>
internal sealed class SmtpConnection(SmtpPool pool, PooledConversation pooled, SmtpOptions options, TimeProvider clock)
    : IEmailConnection
{
    private bool _isReusable = true;
    private bool _disposed;

    public IReadOnlyList<string> Capabilities => pooled.Conversation.Offered.Lines;

    public async Task<TransportResult> SendAsync(
        ComposedEmail mail, Func<SendPhase, bool> mayEnter, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_isReusable)
        {
            throw new InvalidOperationException("The connection failed with the message before; open another one.");
        }

        // Should the transaction throw, the connection stays marked as not to be trusted.
        _isReusable = false;
        var transaction = new SmtpTransaction(pooled.Conversation, options, clock);
        var result = await transaction.RunAsync(mail, mayEnter, cancellationToken).ConfigureAwait(false);
        _isReusable = transaction.IsReusable;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await pool.ReturnAsync(pooled, _isReusable).ConfigureAwait(false);
        }
    }
}
