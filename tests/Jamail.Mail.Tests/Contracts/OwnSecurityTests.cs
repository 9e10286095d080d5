using Jamail.Shared;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>The client in the box.</summary>
public sealed class OwnSecurityTests(ContractCount count) : TransportSecurityContract("the client in the box", count)
{
    private protected override IEmailTransport Create(SmtpOptions options, AddressGuard guard, TimeProvider clock) =>
        new SmtpTransport(options, guard, clock);
}
