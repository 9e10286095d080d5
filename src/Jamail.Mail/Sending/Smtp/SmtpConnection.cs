namespace Jamail.Mail;

/// <summary>A conversation lent to one sender.</summary>
internal sealed class SmtpConnection(
    SmtpPool<SmtpConversation> pool, PooledLine<SmtpConversation> pooled, SmtpOptions options, TimeProvider clock) : IEmailConnection
{
    private readonly SmtpConversation _conversation = pooled.Line;
    private SmtpTransaction? _transaction;
    private bool _isReusable = true;
    private bool _disposed;

    public IReadOnlyList<string> Capabilities => _conversation.Offered.Lines;

    public IReadOnlyList<string> Left => _transaction?.Left ?? [];

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
        var transaction = _transaction = new SmtpTransaction(_conversation, options, clock);
        var result = await transaction.RunAsync(mail, mayEnter, cancellationToken).ConfigureAwait(false);
        _isReusable = transaction.IsReusable;
        return result;
    }

    public async Task<TransportResult?> ProbeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var limits = new SmtpLimits(clock, cancellationToken);
        limits.Allow(options.CommandTimeout);
        _isReusable = false;
        try
        {
            _isReusable = await _conversation.AnswersAsync(limits).ConfigureAwait(false);
            return _isReusable ? null : Silent(TransportFault.Protocol, "The server did not answer NOOP with 250.");
        }
        catch (Exception exception) when (exception is SmtpFault or OperationCanceledException or IOException
            or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            var fault = limits.Explain(exception);
            return Silent(fault.Fault, $"The server let us in and did not answer NOOP: {fault.Message}");
        }

        TransportResult Silent(TransportFault fault, string text) =>
            new() { Phase = SendPhase.Auth, Fault = fault, Text = text, Tls = _conversation.Wire.Tls };
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
