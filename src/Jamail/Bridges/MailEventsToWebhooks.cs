using System.Data.Common;
using Jamail.Mail;
using Jamail.Webhooks;

namespace Jamail;

/// <summary>What happens to e-mails and templates goes to the endpoints that subscribe to it, in the same transaction.</summary>
internal sealed class MailEventsToWebhooks(IWebhookPublisher webhooks) : IMailEventSink
{
    public Task WriteAsync(MailEvent mailEvent, DbTransaction transaction, CancellationToken cancellationToken) =>
        webhooks.PublishAsync(
            mailEvent.Type,
            mailEvent.Payload,
            new PublishOptions { Tenant = mailEvent.Tenant, EventId = mailEvent.Id, OccurredAt = mailEvent.OccurredAt },
            transaction,
            cancellationToken);
}
