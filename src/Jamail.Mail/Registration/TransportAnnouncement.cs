using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>Says at start where mails go; loudly when they go nowhere.</summary>
internal sealed class TransportAnnouncement(IEmailTransport transport, ILogger<TransportAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (transport is DevInboxTransport inbox)
        {
            logger.MailsAreKept(inbox.Folder);
        }
        else
        {
            logger.MailsAreSent(transport.Name);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
