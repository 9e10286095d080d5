using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookSecrets"/>
internal sealed class WebhookSecrets(
    EndpointStore endpoints, SecretStore secrets, WebhookAudit audit, WaitingJobs waiting, ILogger<WebhookSecrets> logger) : IWebhookSecrets
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);

    public async Task<WebhookSecret?> TryRevealAsync(string webhookId, string tenant, CancellationToken cancellationToken)
    {
        if (await endpoints.FindLivingAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        await audit.WriteAsync(row.Id, WebhookAudit.Read, cancellationToken).ConfigureAwait(false);
        var living = await secrets.ListAsync(row.Id, cancellationToken).ConfigureAwait(false);
        logger.SecretRevealed(row.Id, tenant);
        return living[0].Secret;
    }

    public async Task<WebhookSecret?> TryRotateAsync(
        string webhookId, WebhookSecretRotation rotation, string tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        if (rotation.Grace < TimeSpan.Zero || rotation.Grace > LongestGrace)
        {
            throw new InvalidInputException(
                "graceSeconds", $"The grace is {rotation.Grace} and must be from zero to 7 days.", "Leave it out for 24 hours.");
        }

        var secret = rotation.Secret is { } text ? WebhookSecret.Parse(text) : WebhookSecret.Generate();
        if (await endpoints.FindLivingAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        if (!await secrets.TryRotateAsync(row.Id, secret, rotation.Grace, audit, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidInputException(
                "secret",
                $"{SecretStore.MaxLive} secrets of the endpoint sign already, which is the most.",
                "End the overlap of the old ones first, or rotate without a grace.");
        }

        await waiting.RenewAsync(row.Id, cancellationToken).ConfigureAwait(false);
        logger.SecretRotated(row.Id, rotation.Grace.TotalSeconds);
        return secret;
    }

    public async Task<bool> TryExpireOldAsync(string webhookId, string tenant, CancellationToken cancellationToken)
    {
        if (await endpoints.FindLivingAsync(webhookId, tenant, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        await secrets.ExpireOldAsync(row.Id, audit, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
