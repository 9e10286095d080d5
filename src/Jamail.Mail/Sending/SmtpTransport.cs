using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Hands messages to one mail server over pooled connections.</summary>
internal sealed class SmtpTransport : ISmtpTransport, IPooledTransport
{
    private readonly SmtpPool<SmtpConversation> _pool;

    public SmtpTransport(SmtpOptions options, AddressGuard guard, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(options.Host))
        {
            throw new ArgumentException("Jamail:Mail:Smtp:Host is empty; set it to the mail server's name.", nameof(options));
        }

        Name = $"smtp {options.Host}:{options.Port}";
        _pool = new SmtpPool<SmtpConversation>(
            options,
            new SmtpConnector(options, guard, clock).ConnectAsync,
            (pool, line) => new SmtpConnection(pool, line, options, clock),
            clock);
    }

    public string Name { get; }

    public int Open => _pool.Open;

    public int Idle => _pool.Idle;

    public Task<TransportLease> OpenAsync(CancellationToken cancellationToken) => _pool.LeaseAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
