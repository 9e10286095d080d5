using Jamail.Shared;

namespace Jamail.Mail.MailKit;

/// <summary>Hands messages to one mail server over pooled MailKit clients.</summary>
internal sealed class MailKitTransport : ISmtpTransport
{
    private readonly MailKitPool _pool;

    public MailKitTransport(SmtpOptions options, MailKitOptions mailKit, AddressGuard guard, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(options.Host))
        {
            throw new ArgumentException("Jamail:Mail:Smtp:Host is empty; set it to the mail server's name.", nameof(options));
        }

        Name = $"mailkit {options.Host}:{options.Port}";
        _pool = new MailKitPool(options, new MailKitConnector(options, mailKit, guard, clock), DkimSigning.Of(mailKit), clock);
    }

    public string Name { get; }

    public Task<TransportLease> OpenAsync(CancellationToken cancellationToken) => _pool.LeaseAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
