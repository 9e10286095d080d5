using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Makes the transport to a mail server: the client in the box, or an adapter's.</summary>
internal interface ISmtpTransports
{
    ISmtpTransport Create(SmtpOptions options, AddressGuard guard, TimeProvider clock);
}
