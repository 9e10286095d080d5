using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>Says in the log and by an event when a mail server stops serving, so that a fail-over is never silent.</summary>
internal sealed class ProviderAlerts(Database database, MailEvents events, ILogger<ProviderAlerts> logger)
{
    public void Failed(MailProvider provider, string reason, bool atOnce)
    {
        if (provider.Circuit.Failed(reason, atOnce))
        {
            logger.ProviderLeftAlone(provider.Name, reason);
            if (provider.BeginsToDegrade())
            {
                _ = TellAsync(provider, reason, null);
            }
        }
    }

    public void Succeeded(MailProvider provider)
    {
        provider.Circuit.Succeeded();
        if (provider.Recovers())
        {
            logger.ProviderBack(provider.Name);
        }
    }

    /// <summary>A mail went to another server than its first; told the first time, until the first one serves again.</summary>
    public void FailedOver(MailProvider first, MailProvider second, string reason)
    {
        if (first.BeginsToDegrade())
        {
            logger.FailedOver(first.Name, second.Name, reason);
            _ = TellAsync(first, reason, second.Name);
        }
    }

    private async Task TellAsync(MailProvider provider, string reason, string? instead)
    {
        try
        {
            await database.WriteAsync(
                async (transaction, token) =>
                {
                    await events.WriteDegradedAsync(transaction, provider, reason, instead, token).ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            logger.AlertFailed(provider.Name, fault);
        }
    }
}
