using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>The client in the box.</summary>
internal sealed class SmtpTransports : ISmtpTransports
{
    public ISmtpTransport Create(SmtpOptions options, AddressGuard guard, TimeProvider clock) => new SmtpTransport(options, guard, clock);
}
