using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Says at start where mails go; loudly when they do not go to their recipients.</summary>
internal sealed class TransportAnnouncement(
    IEmailTransport transport, IOptions<MailOptions> options, ILogger<TransportAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (transport is DevInboxTransport inbox)
        {
            logger.MailsAreKept(inbox.Folder);
            return Task.CompletedTask;
        }

        logger.MailsAreSent(transport.Name);
        switch (SendingServices.ModeOf(options.Value))
        {
            case MailMode.RedirectAll:
                logger.MailsAreRedirected(options.Value.RedirectTo ?? "");
                break;
            case MailMode.AllowList:
                logger.MailsAreFiltered(options.Value.AllowedRecipients.Count);
                break;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
