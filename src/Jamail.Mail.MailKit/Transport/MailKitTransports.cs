using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail.MailKit;

/// <summary>Makes transports over MailKit.</summary>
internal sealed class MailKitTransports(IOptions<MailKitOptions> mailKit) : ISmtpTransports
{
    public ISmtpTransport Create(SmtpOptions options, AddressGuard guard, TimeProvider clock) =>
        new MailKitTransport(options, mailKit.Value, guard, clock);
}
