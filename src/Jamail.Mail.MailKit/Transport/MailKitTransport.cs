using Jamail.Shared;

namespace Jamail.Mail.MailKit;

/// <summary>Hands messages to one mail server over pooled MailKit clients.</summary>
internal sealed class MailKitTransport : ISmtpTransport, IPooledTransport
{
    private readonly SmtpPool<MailKitClient> _pool;

    public MailKitTransport(SmtpOptions options, MailKitOptions mailKit, AddressGuard guard, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(options.Host))
        {
            throw new ArgumentException("Jamail:Mail:Smtp:Host is empty; set it to the mail server's name.", nameof(options));
        }

        Name = $"mailkit {options.Host}:{options.Port}";
        var signing = DkimSigning.Of(mailKit);
        _pool = new SmtpPool<MailKitClient>(
            options,
            new MailKitConnector(options, mailKit, guard, clock).ConnectAsync,
            (pool, line) => new MailKitConnection(pool, line, options, signing, clock),
            clock);
    }

    public string Name { get; }

    public int Open => _pool.Open;

    public int Idle => _pool.Idle;

    public Task<TransportLease> OpenAsync(CancellationToken cancellationToken) => _pool.LeaseAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
