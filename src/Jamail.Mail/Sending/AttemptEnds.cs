using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>From the verdict on an attempt to what becomes of the mail, by the policies of its category.</summary>
internal sealed class AttemptEnds(
    EmailCategories categories, DeferralPlan deferrals, MailProviders providers, TimeProvider clock, ILogger<AttemptEnds> logger)
{
    // What servers that drop repeats promise: 24 hours from the first copy on.
    private static readonly TimeSpan RepeatsAreKnownFor = TimeSpan.FromHours(24);

    public async ValueTask<AttemptEnd> DecideAsync(
        MailRow row, SendVerdict verdict, string provider, bool isLastAttempt, CancellationToken cancellationToken)
    {
        var end = verdict.Kind switch
        {
            SendVerdictKind.Sent when verdict.Left is { } left => new AttemptEnd(EmailStatus.Queued, verdict.Reason) { Left = left },
            SendVerdictKind.Sent => new AttemptEnd(EmailStatus.Sent, verdict.Reason),
            SendVerdictKind.Bounced => new AttemptEnd(EmailStatus.Bounced, verdict.Reason),
            SendVerdictKind.Failed => new AttemptEnd(EmailStatus.Failed, verdict.Reason),
            SendVerdictKind.Uncertain => await DoubtAsync(row, verdict.Reason, provider, cancellationToken).ConfigureAwait(false),
            SendVerdictKind.Deferred => deferrals.After(
                row, verdict, await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false)),
            _ => new AttemptEnd(isLastAttempt ? EmailStatus.Failed : EmailStatus.Retrying, verdict.Reason) { IsExhausted = isLastAttempt },
        };
        return end with { Class = verdict.Class };
    }

    /// <summary>What follows when it cannot be known whether a mail was accepted. By itself it is sent again at most once.</summary>
    public async ValueTask<AttemptEnd> DoubtAsync(MailRow row, string reason, string? provider, CancellationToken cancellationToken)
    {
        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        var held = new AttemptEnd(EmailStatus.Uncertain, reason);
        if (await DropsRepeatsAsync(row, provider, cancellationToken).ConfigureAwait(false) && !IsForgotten(row))
        {
            // It drops the second copy, so there is nothing to be in doubt about; its age still bounds it.
            return held with { Wait = TimeSpan.FromSeconds(1) };
        }

        // The claim of a mail that was in doubt counts as its resend; the row may have been read before it.
        if ((row.Resends > 0 || row.State == EmailStatus.Uncertain) && policy.Uncertain != UncertainPolicy.Hold)
        {
            logger.SecondDoubt(row.Id, row.Category);
            return held;
        }

        return policy.Uncertain switch
        {
            UncertainPolicy.Resend => held with { Wait = TimeSpan.Zero },
            UncertainPolicy.Reconcile => held with { Wait = policy.ReconcileWait },
            _ => held,
        };
    }

    /// <summary>
    /// Whether a mail in doubt was to be sent again only because its server drops repeats, and has been in doubt for longer than the server knows
    /// them again.
    /// </summary>
    public async ValueTask<bool> IsTooLateAsync(MailRow row, CancellationToken cancellationToken)
    {
        if (row.State != EmailStatus.Uncertain || !IsForgotten(row) || !await DropsRepeatsAsync(row, row.Provider, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var policy = await categories.PolicyOfAsync(row.Category, row.TenantId, cancellationToken).ConfigureAwait(false);
        if (row.Resends == 0 && policy.Uncertain != UncertainPolicy.Hold)
        {
            return false;
        }

        logger.SecondDoubt(row.Id, row.Category);
        return true;
    }

    private async ValueTask<bool> DropsRepeatsAsync(MailRow row, string? provider, CancellationToken cancellationToken) =>
        provider is { } name && await providers.FindAsync(name, row.TenantId, cancellationToken).ConfigureAwait(false) is { SwallowsRepeats: true };

    private bool IsForgotten(MailRow row) => row.DoubtSince is { } since && clock.UnixMs() - since >= (long)RepeatsAreKnownFor.TotalMilliseconds;
}
