using Jamail.Mail.MailKit;
using Jamail.Shared;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>MailKit.</summary>
public sealed class MailKitPhaseTests(ContractCount count) : TransportPhaseContract($"MailKit {AdapterVersions.MailKit}", count)
{
    protected override bool GreetsAgain => true;

    protected override bool SeesCloseBeforeDot => false;

    private protected override IEmailTransport Create(SmtpOptions options, AddressGuard guard, TimeProvider clock) =>
        new MailKitTransport(options, new MailKitOptions(), guard, clock);
}
